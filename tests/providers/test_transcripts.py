"""The transcripts that the practice rooms answer by, read from the other side: what each answer means.

Every answer to a request of ours has its line in a table here; a transcript without one fails.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.batches import Batch
from app.contacts.contact import Value
from app.problems import Problem
from app.providers.contract import Provider, Step
from app.providers.known import provider_named
from app.providers.options import Options
from app.providers.verdicts import Answered, Halt, Split, Verdict, Wait
from app.providers.wire import Response
from tests.providers.batches import batch_of

FOLDER = Path(__file__).resolve().parents[1] / "transcripts"
WHERE_CONTACTS_ARE = ("contacts", "records", "external_ids")

MEANINGS = {
    "smsend": {
        **dict.fromkeys(("add_many", "add_many_defaults"), "accepted"),
        **dict.fromkeys(("add_many_updates_existing", "add_many_replaces_existing"), "accepted"),
        **dict.fromkeys(("refused_no_keys", "refused_session", "refused_user_key"), "halt"),
        "refused_*": "split",
    },
    "emarsys": {
        **dict.fromkeys(("create_internal_key", "create_invalid_key", "create_key_without_index"), "halt"),
        **dict.fromkeys(("create_unknown_list", "create_not_json"), "halt"),
        **dict.fromkeys(("create_too_many", "create_one_exists"), "split"),
        **dict.fromkeys(("list_add_all", "list_add_internal_ids", "list_add_some_unknown"), "accepted"),
        "list_add_multiple_choice": "accepted",
        **dict.fromkeys(("list_add_more_found", "list_add_nobody"), "refused"),
        **dict.fromkeys(("list_add_invalid_key", "list_add_not_an_array"), "halt"),
        "list_add_unknown_list": "halt",
        "list_add_too_many": "split",
        "create_*": "created",
        **dict.fromkeys(("update_or_create", "update_clears"), "updated"),
        "update_or_create_v3": "created",
        **dict.fromkeys(("update_more_found", "update_partial", "update_same_key_twice"), "refused"),
        "update_too_many": "split",
        "update_key_fault_in_errors": "halt",
    },
    "sociocs": {
        "add_in_bulk*": "accepted",
        "unauthorised": "halt",
        "refused_*": "split",
    },
    "octopush": {
        "add_contacts*": "accepted",
        **dict.fromkeys(("forbidden", "unauthorised"), "halt"),
        "refused_*": "split",
    },
}  # fmt: skip

# Not of our making: one contact on its own, bodies that are no list of contacts, and an update that may not
# create, or lacks the slash.
NOT_OURS = {"emarsys/create_one", "emarsys/update_not_found", "emarsys/update_without_slash"}


def _transcripts() -> list[Path]:
    return sorted(FOLDER.glob("*/*.json"))


def _read(path: Path) -> dict[str, Any]:
    transcript: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return transcript


def _response(transcript: dict[str, Any]) -> Response:
    said = transcript["response"]
    body = json.dumps(said["json"]) if "json" in said else said.get("text", "")
    headers = {name.lower(): value for name, value in (said.get("headers") or {}).items()}
    return Response(said["status"], headers, body.encode())


def _provider(path: Path) -> Provider:
    provider = provider_named(path.parent.name)
    assert provider is not None
    return provider


def _relative(path: str, provider: Provider) -> str:
    for version in ("wsse", "oauth2"):
        options = Options({**provider.default_options(), "sign_in": version})
        base = provider.base_path(options)
        if path.startswith(base):
            return path.removeprefix(base)
    return path


def _step(provider: Provider, path: str, asked: dict[str, Any]) -> Step | None:
    """The step that asks this way, with the key field that the body names."""
    options = dict(provider.default_options())
    if "key_id" in options:
        options["key_id"] = str(asked.get("key_id", ""))
    if path.startswith("contactlist/") and path.endswith("/add"):
        number = path.split("/")[1]
        options |= {"action": "list_only", "list_id": int(number) if number.isdigit() else 1}
    if path == "contact/":
        options["action"] = "create_or_update"
    for step in provider.steps(Options(options)):
        if step.request_for(batch_of({"phoneNumber": "1", "3": "1"})).path == path:
            return step
    return None


def _batch(asked: dict[str, Any], step: Step) -> Batch:
    found: list[Any] = next(
        (asked[key] for key in WHERE_CONTACTS_ARE if isinstance(asked.get(key), list)), []
    )
    key = asked.get("key_id") or ("id" if step.key == "list" else "3")
    contacts = [contact if isinstance(contact, dict) else {key: contact} for contact in found] or [{key: "x"}]
    return batch_of(*(_values(contact) for contact in contacts), step=step.key)


def _values(contact: dict[str, Any]) -> dict[str, Value]:
    return {
        key: tuple(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in contact.items()
    }


def _cases() -> list[Any]:
    cases = []
    for path in _transcripts():
        transcript = _read(path)
        request = transcript["request"]
        asked = request.get("json") if isinstance(request.get("json"), dict) else {}
        name = f"{path.parent.name}/{path.stem}"
        step = _step(_provider(path), _relative(request["path"], _provider(path)), asked)
        if (
            request["method"] in ("POST", "PUT")
            and step is not None
            and name not in NOT_OURS | {"smsend/add_one"}
        ):
            cases.append(pytest.param(path, step, _batch(asked, step), id=name))
    return cases


def _meaning_of(path: Path) -> str | None:
    table = MEANINGS[path.parent.name]
    prefixes = [pattern for pattern in table if pattern.endswith("*") and path.stem.startswith(pattern[:-1])]
    return table.get(path.stem) or (table[prefixes[0]] if prefixes else None)


def _kind(verdict: Verdict) -> str:
    """Halt, split, ..., or what became of the first contact."""
    if isinstance(verdict, Answered):
        first = verdict.outcomes[min(verdict.outcomes)] if verdict.outcomes else verdict.others
        return first.kind.value if first else ""
    return type(verdict).__name__.lower()


@pytest.mark.parametrize(("path", "step", "batch"), _cases())
def test_an_answer_means_what_its_transcript_shows(path: Path, step: Step, batch: Batch) -> None:
    verdict = step.verdict_on(_response(_read(path)), batch)
    assert _kind(verdict) == _meaning_of(path)
    if isinstance(verdict, Answered):
        told = verdict.by_row(batch)
        assert set(told) == {passenger.row for passenger in batch.passengers}
        assert "unsure" not in {outcome.kind.value for outcome in told.values()}


@pytest.mark.parametrize("path", _transcripts(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_answer_to_anything_breaks_a_step(path: Path) -> None:
    provider = _provider(path)
    response = _response(_read(path))
    for step in provider.steps(provider.default_options()):
        assert isinstance(step.verdict_on(response, batch_of({"3": "a@example.com"}, step=step.key)), Verdict)


def test_every_line_of_the_table_has_a_transcript() -> None:
    names = {(case.values[0].parent.name, case.values[0].stem) for case in _cases()}
    for provider, table in MEANINGS.items():
        for pattern in table:
            stem = pattern.removesuffix("*")
            assert any(
                room == provider and (name == stem or (pattern.endswith("*") and name.startswith(stem)))
                for room, name in names
            ), (provider, pattern)


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("smsend/status", False),
        ("smsend/refused_session", True),
        ("emarsys/lists", False),
        ("emarsys/settings", False),
        ("emarsys/forbidden", True),
        ("emarsys/unauthorised", True),
        ("emarsys/bearer_on_v2", True),
        ("emarsys/too_many_requests", True),
        ("sociocs/lists", False),
        ("sociocs/unauthorised", True),
        ("octopush/balance", False),
        ("octopush/unauthorised", True),
        ("octopush/forbidden", True),
    ],
)
def test_the_trial_tells_a_good_account_from_a_bad_one(name: str, trouble: bool) -> None:
    path = FOLDER / f"{name}.json"
    provider = _provider(path)
    problem = provider.problem_in(_response(_read(path)), provider.default_options())
    assert isinstance(problem, Problem) == trouble


def test_too_many_requests_wait_or_halt_but_never_pass() -> None:
    path = FOLDER / "emarsys" / "too_many_requests.json"
    (step,) = _provider(path).steps(_provider(path).default_options())
    assert isinstance(step.verdict_on(_response(_read(path)), batch_of({"3": "a"})), Wait | Halt | Split)
