"""Plays every transcript against its practice room: the documents' side of "one transcript, two readers".

Knows the files' shape; what the answers mean to a client is tested with the client.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.practice.exchange import PracticeRequest
from app.practice.room import Room, Seed
from tests.practice.signing import open_room, signed_in

FOLDER = Path(__file__).resolve().parent.parent / "transcripts"
FILES = sorted(FOLDER.glob("*/*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_room_answers_as_the_transcript_says(file: Path) -> None:
    transcript = json.loads(file.read_text("utf-8"))
    seed = transcript.get("seed", {})
    room = open_room(file.parent.name, _seed(seed))
    _ask_before(room, seed.get("requests_before", 0))
    request = _request(transcript["request"])
    if transcript.get("signed_in", True):
        request = signed_in(room, request)

    answer = room.answer(request)

    expected = transcript["response"]
    assert answer.status == expected["status"]
    for name, value in expected.get("headers", {}).items():
        assert answer.headers[name] == value
    if "json" in expected:
        assert json.loads(answer.body) == expected["json"]
    else:
        assert answer.body.decode() == expected["text"]


def test_every_provider_has_transcripts() -> None:
    assert {file.parent.name for file in FILES} == {"smsend", "emarsys", "sociocs", "octopush"}


def test_every_transcript_names_its_source() -> None:
    for file in FILES:
        transcript = json.loads(file.read_text("utf-8"))
        assert transcript["note"], file.name
        assert transcript["source"], file.name


def _seed(seed: dict[str, Any]) -> Seed:
    return Seed(**{name: value for name, value in seed.items() if name != "requests_before"})


def _ask_before(room: Room, times: int) -> None:
    for _ in range(times):
        room.answer(signed_in(room, PracticeRequest("GET", "/api/v2/settings")))


def _request(written: dict[str, Any]) -> PracticeRequest:
    headers = dict(written.get("headers", {}))
    body = written.get("text", "").encode()
    if "json" in written:
        content = written["json"]
        for name, times in written.get("repeat", {}).items():
            content = {**content, name: content[name] * times}
        body = json.dumps(content).encode()
        headers.setdefault("Content-Type", "application/json")
    return PracticeRequest(written["method"], written["path"], written.get("query", {}), headers, body)
