"""Recipes and ledgers from strangers: understood or refused in words, and no way to an account's keys."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contacts.mapping import ColumnMapping
from app.flow.access import require_known_address, require_own_address
from app.flow.checking import check_contacts
from app.flow.draft import Destination, ImportDraft, new_draft
from app.flow.import_notes import note_draft
from app.flow.reading import read_file
from app.flow.recipe import Recipe, draft_from
from app.flow.recipe_reading import LARGEST_RECIPE, load_recipe
from app.flow.resuming import draft_of
from app.flow.unfinished import UnfinishedImport, unfinished_imports
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.problems import AccountProblem, Problem, RecipeProblem
from app.providers.known import PROVIDERS
from app.settings.accounts import Account, add_account, new_account_id
from app.settings.folders import Folders
from app.table.shape import ReadingChoice

NAMES = [one.name for one in PROVIDERS]
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
WORDS = st.sampled_from(
    [
        *("format", "provider", "account", "default_country", "phone_country", "duplicates", "send_consent"),
        *("columns", "fields", "options", "server", "token_server", "api_key"),
    ]
)
OPTION_KEYS = sorted({option.key for one in PROVIDERS for option in one.options})
SOUND = st.fixed_dictionaries(
    {"provider": st.sampled_from(NAMES)},
    optional={
        "columns": st.dictionaries(st.sampled_from(["E-mail", "Name", "x"]), ANYTHING, max_size=3),
        "fields": st.dictionaries(st.sampled_from(["email", "name", "x"]), ANYTHING, max_size=3),
        "options": st.dictionaries(st.sampled_from(OPTION_KEYS), ANYTHING, max_size=3),
        "account": ANYTHING,
        "default_country": st.text(max_size=3),
    },
)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> ImportDraft:
    folder = tmp_path_factory.mktemp("strangers")
    (folder / "people.csv").write_text("E-mail,Mobile\nanna@example.com,07700 900001\n", "utf-8")
    made = new_draft("octopush", "GB").with_file(read_file(folder / "people.csv", ReadingChoice(), folder))
    made = made.with_mapping(ColumnMapping().with_field("phone_number", 1))
    return made.with_checked(check_contacts(made))


# Recipes.


def loaded(content: bytes) -> Recipe:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recipe.toml"
        path.write_bytes(content)
        return load_recipe(path)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(WORDS, ANYTHING, max_size=5) | SOUND)
def test_any_recipe_is_understood_or_refused_in_words(draft: ImportDraft, content: dict[str, Any]) -> None:
    assert draft.file is not None
    with suppress(RecipeProblem):
        draft_from(loaded(tomlkit.dumps(content).encode("utf-8", "replace")), draft.file)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_no_recipe_or_one(content: bytes) -> None:
    with suppress(RecipeProblem):
        loaded(content)


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 100_000,
        b"a = " + b"{a = " * 50_000,
        b"[" + b"a." * 50_000 + b"a]",
        b"x" * (LARGEST_RECIPE + 1),
        b"a = " + b"9" * 10_000,
    ],
    ids=["nested lists", "nested tables", "long name", "huge", "huge number"],
)
def test_a_recipe_made_to_hurt_is_refused_soon(content: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(RecipeProblem):
        loaded(content)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("key", ["server", "token_server", "api_key", "password", "secret"])
@pytest.mark.parametrize("place", ["", "[options]\n"])
def test_a_recipe_names_no_address_and_no_secret(key: str, place: str) -> None:
    for name in NAMES:
        with pytest.raises(RecipeProblem):
            loaded(f'provider = "{name}"\n{place}{key} = "https://elsewhere.example.com/"\n'.encode())


# Ledgers.


def planted(draft: ImportDraft, folder: Path, change: dict[str, Any], began: str = "1.0") -> Path:
    """A ledger as `draft` would leave it after a crash, with `change` in what it notes."""
    assert draft.file is not None
    path = folder / "planted.ledger"
    erase(path)
    path.write_bytes(draft.file.ledger.read_bytes())
    with Ledger.open(path) as ledger:
        note_draft(ledger, draft)
        noted = json.loads(ledger.fact("draft") or "{}")
        ledger.note("draft", json.dumps(merged(noted, change)))
        ledger.note("upload_began", began)
    return path


def merged(noted: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: merged(noted[key], value)
        if isinstance(value, dict) and isinstance(noted.get(key), dict)
        else value
        for key, value in change.items()
    }
    return {**noted, **both}


NOTED = st.sampled_from(["shape", "recipe", "destination", "reviewed"])
WITHIN = st.sampled_from(
    ["path", "format", "sheets", "columns", "practice", "account", "server", "list_name"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(NOTED, ANYTHING | st.dictionaries(WITHIN, ANYTHING, max_size=2), max_size=3),
    st.text(max_size=6) | st.sampled_from(["1e999", "-1e999", "nan", "1e300", "-1"]),
)
def test_any_ledger_is_continued_or_left_out(draft: ImportDraft, change: dict[str, Any], began: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        planted(draft, Path(name), change, began)
        for one in unfinished_imports(Path(name)):
            with suppress(Problem):
                draft_of(one)


@pytest.mark.parametrize(
    "change",
    [
        {"destination": {"practice": "no"}},
        {"destination": {"server": 7}},
        {"destination": {"account": ["a"]}},
        {"recipe": 'provider = "octopush"\n[options]\nlist_names = 7'},
        {"recipe": 'provider = "octopush"\n[options]\nlist_names = [[]]'},
        {"recipe": 'provider = "octopush"\n[options]\nunheard_of = "x"'},
        {"recipe": 'provider = "unheard of"'},
        {"recipe": []},
        {"recipe": 'provider = "octopush"\n[columns]\n"No such column" = "phone_number"'},
        {"reviewed": 2},
        {"shape": {"format": "exe"}},
    ],
    ids=str,
)
def test_a_note_that_can_not_be_is_not_believed(
    draft: ImportDraft, change: dict[str, Any], tmp_path: Path
) -> None:
    planted(draft, tmp_path, change)
    assert unfinished_imports(tmp_path) == ()


def test_a_ledger_nested_without_end_is_left_out(draft: ImportDraft, tmp_path: Path) -> None:
    path = planted(draft, tmp_path, {})
    assert len(unfinished_imports(tmp_path)) == 1
    with Ledger.open(path) as ledger:
        ledger.note("draft", '{"a":' + "[" * 200_000)
    assert unfinished_imports(tmp_path) == ()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\xff" * 4096, b"x" * 100_000])
def test_what_is_no_ledger_is_left_out(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ledger").write_bytes(content)
    assert unfinished_imports(tmp_path) == ()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.ledger") as other:
        other.execute("CREATE TABLE facts (name, value)")
    other.close()
    before = (tmp_path / "a.ledger").read_bytes()[100:]
    assert unfinished_imports(tmp_path) == ()
    assert (tmp_path / "a.ledger").read_bytes()[100:] == before


def test_a_link_is_no_ledger(draft: ImportDraft, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = planted(draft, tmp_path / "elsewhere", {})
    try:
        (tmp_path / "link.ledger").symlink_to(real)
    except OSError:
        pytest.skip("links need a right that this user does not have")
    assert unfinished_imports(tmp_path) == ()
    with pytest.raises(LedgerProblem):
        Ledger.open(tmp_path / "link.ledger")


def test_a_ledger_cannot_send_an_accounts_keys_elsewhere(draft: ImportDraft, tmp_path: Path) -> None:
    folders = Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")
    account = Account(new_account_id(), "octopush", "Our shop", "https://api.example.com/")
    add_account(folders, account)
    own = Destination(False, account.id, account.server)
    require_own_address(own, folders)
    (tmp_path / "imports").mkdir()
    for there in ("https://elsewhere.example.com/", "", "http://127.0.0.1:9/"):
        change = {"destination": {"practice": False, "account": account.id, "server": there}}
        planted(draft, tmp_path / "imports", change)
        found: tuple[UnfinishedImport, ...] = unfinished_imports(tmp_path / "imports")
        with pytest.raises(AccountProblem, match="another address"):
            require_own_address(draft_of(found[0]).destination, folders)
    with pytest.raises(AccountProblem):
        require_own_address(Destination(False, "0123456789abcdef"), folders)


@pytest.mark.parametrize(
    ("noted", "named", "known"),
    [
        (("", ""), ("", ""), True),
        (("https://api.octopush.com", ""), ("", ""), True),
        (("http://127.0.0.1:9", "http://localhost:9"), ("", ""), True),
        (("https://elsewhere.example.com", ""), ("", ""), False),
        (("", "https://elsewhere.example.com"), ("", ""), False),
        (("https://elsewhere.example.com", ""), ("https://elsewhere.example.com", ""), True),
        (("https://elsewhere.example.com", ""), ("https://api.example.com", ""), False),
        (("https://a.example.com", "https://b.example.com"), ("https://a.example.com", ""), False),
    ],
)
def test_keys_from_the_environment_go_to_no_address_that_only_a_ledger_names(
    draft: ImportDraft, tmp_path: Path, noted: tuple[str, str], named: tuple[str, str], known: bool
) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)
    to = draft.with_destination(Destination(False, "", *noted))
    if known:
        require_known_address(to, folders, named)
        return
    with pytest.raises(AccountProblem, match="no stored account") as caught:
        require_known_address(to, folders, named)
    assert all(address in caught.value.advice for address in noted)
