"""The log: what reaches the disk, and above all what does not."""

from __future__ import annotations

import logging
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.log import FILE_NAME, hidden, hide, start_logging, stop_logging
from app.problems import FileProblem

logger = logging.getLogger("app.test")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger("app").level
    start_logging(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_logging()
    logging.getLogger("app").setLevel(level)


def written(folder: Path) -> str:
    return (folder / FILE_NAME).read_text(encoding="utf-8")


def test_a_line_says_when_how_bad_who_and_what(folder: Path) -> None:
    logger.info("read %s rows", f"{1048576:,}")
    line = written(folder)
    assert line.startswith("20")
    assert line.endswith("INFO app.test: read 1,048,576 rows\n")


def test_a_registered_secret_is_hidden_in_all_its_spellings(folder: Path) -> None:
    hide('p"ä ss/wörd')
    logger.info("%s", 'p"ä ss/wörd')
    logger.info("p%22%C3%A4%20ss%2Fw%C3%B6rd p%22%C3%A4+ss%2Fw%C3%B6rd")
    logger.info('{"a": "p\\"\\u00e4 ss/w\\u00f6rd"}')
    text = written(folder)
    assert "rd" not in text.replace("[hidden]", "")
    assert text.count("[hidden]") == 4


@pytest.mark.logs_expected
def test_an_exceptions_text_is_hidden_too(folder: Path) -> None:
    try:
        raise ValueError("anna.rossi@example.com has +39 320 555 0123")
    except ValueError:
        logger.exception("failed")
    text = written(folder)
    assert "ValueError: [hidden] has [hidden]" in text
    assert "anna" not in text.split("ValueError:")[-1]


@pytest.mark.parametrize(
    "personal",
    [
        "anna.rossi@example.com",
        "josé+news@exämple.org",
        "anna%40example.com",
        "+44 7700 900123",
        "+1 (202) 555-0143",
        "07700900123",
        "0033 6 39 98 12 34",
        "06.39.98.12.34",
        "+49\u00a0151\u00a02345678",
        "%2B447700900123",
    ],
)
def test_what_looks_like_a_person_is_hidden(personal: str) -> None:
    text = hidden(f"row 7: {personal}, list 12")
    assert text == "row 7: [hidden], list 12"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Authorization: Bearer abc.def-123", "Authorization: [hidden]"),
        ("{'Authorization': 'Basic eHl6OmFiYw==', 'Accept': '*'}", "{'Authorization': [hidden]"),
        (
            'X-WSSE: UsernameToken Username="a", PasswordDigest="b="\nHost: example.com',
            "X-WSSE: [hidden]\nHost: example.com",
        ),
        ("GET /login?username=x&password=abc&page=2", "GET /login?username=x&password=[hidden]&page=2"),
        ('{"access_token": "abc", "expires_in": 3600}', '{"access_token": [hidden], "expires_in": 3600}'),
        ("(('api-key', 'abc'), ('accept', '*'))", "(('api-key', [hidden]), ('accept', '*'))"),
        ("Session_key=abc; user_key: def", "Session_key=[hidden]; user_key: [hidden]"),
        ("sent with bearer abcdefgh12", "sent with bearer [hidden]"),
        ("https://me:word@example.com/a", "https://[hidden]@example.com/a"),
    ],
)
def test_what_proves_who_we_are_is_hidden(line: str, left: str) -> None:
    assert hidden(line) == left


@pytest.mark.parametrize(
    "line",
    [
        "batch 12 of 40: 1,000 contacts, 12.5 s, status 200",
        'File "/opt/program/app/child.py", line 123, in _listen',
        "http://127.0.0.1:43210/contacts/bulk",
        "retry after 30 s",
    ],
)
def test_ordinary_lines_are_left_alone(line: str) -> None:
    assert hidden(line) == line


@pytest.mark.parametrize("part", ["x", "a-", "1 ", "@", "%40", "token ", "://", "authorization", "= "])
def test_a_long_line_takes_no_longer_than_it_is(part: str) -> None:
    started = time.monotonic()
    hidden(part * 20_000)
    assert time.monotonic() - started < 2


def test_a_short_secret_is_hidden_only_where_it_stands_alone() -> None:
    hide("rosa")
    assert hidden("rosary, 'rosa'") == "rosary, '[hidden]'"


def test_short_values_are_not_registered() -> None:
    hide("")
    hide("abc")
    assert hidden("abc") == "abc"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps profiles private by itself")
def test_folder_and_file_are_for_their_owner_only(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir(mode=0o755)
    (tmp_path / "logs" / FILE_NAME).touch(mode=0o644)
    start_logging(tmp_path / "logs")
    try:
        assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "logs" / FILE_NAME).stat().st_mode) == 0o600
    finally:
        stop_logging()


def test_old_lines_move_to_old_files(folder: Path) -> None:
    for _ in range(12):
        logger.info("said " * 20_000)
    assert (folder / f"{FILE_NAME}.1").exists()


@pytest.mark.logs_expected
def test_nothing_goes_to_stderr(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logger.error("a fault")
    logging.getLogger("elsewhere").warning("a warning of a library")
    assert capfd.readouterr().err == ""
    assert "a fault" in written(folder)
    assert "a warning of a library" in written(folder)


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    with pytest.raises(FileProblem, match="log"):
        start_logging(tmp_path / "logs")


def test_starting_twice_writes_once(folder: Path) -> None:
    start_logging(folder)
    logger.info("once")
    assert written(folder).count("once") == 1


def test_a_line_that_cannot_be_written_is_dropped_not_spilled(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (handler,) = [one for one in logging.getLogger().handlers if type(one).__name__ == "_PrivateFile"]
    handler.handle(logging.makeLogRecord({"msg": "anna %d", "args": ("rossi",)}))
    assert capfd.readouterr().err == ""
    assert written(folder) == ""
