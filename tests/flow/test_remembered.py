"""What was decided once is found again for a file of the same shape; no account, consent or cell is kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.contacts.dates import DateOrder
from app.contacts.mapping import ColumnMapping
from app.contacts.names import NamePart
from app.contacts.rules import NO_RULES, FieldRule, LetterCase, WhichNumber
from app.contacts.sources import ConstantSource, SplitName
from app.flow.draft import Destination, ImportDraft, new_draft
from app.flow.matching import matched_afresh, with_suggested_mapping
from app.flow.remembered import (
    FILE_NAME,
    forget_recipe,
    forget_recipes,
    learn_recipe,
    remembered_recipes,
    save_recipe,
)
from app.providers.options import Options
from app.settings.folders import Folders
from tests.flow.scene import read_file_with

HEADERS = ("Mail", "Full name", "Code")
ROWS = (("ann@example.com", "Ann Lee", "A-17"), ("bob@example.com", "Bob Ray", "B-18"))


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path, tmp_path, tmp_path)


def decided() -> ImportDraft:
    """A list for smsend, matched by hand as no suggestion would match it."""
    draft = new_draft("smsend", "GB").with_file(read_file_with(*HEADERS, rows=ROWS))
    mapping = ColumnMapping().with_field("email", 0).with_field("custom4", 2)
    mapping = mapping.with_source("surname", SplitName(1, NamePart.LAST))
    return draft.with_mapping(mapping.with_source("custom1", ConstantSource("Spring")))


def begun(*headers: str, provider: str = "smsend") -> ImportDraft:
    return new_draft(provider, "IT").with_file(read_file_with(*headers, rows=ROWS))


def test_a_file_of_the_same_shape_is_matched_as_before(folders: Folders) -> None:
    save_recipe(folders, decided(), "Newsletter list", lambda: 7.0)
    kept, _ = remembered_recipes(folders)
    draft = with_suggested_mapping(begun(*HEADERS), kept)
    assert {one.field: one.reads for one in draft.mapping.assignments} == {
        one.field: one.reads for one in decided().mapping.assignments
    }
    assert draft.default_country == "GB"
    assert draft.recalled is not None
    assert (draft.recalled.name, draft.recalled.at, draft.recalled.learned) == ("Newsletter list", 7.0, False)
    assert draft.recalled.explains("custom4", draft.mapping.source_of("custom4"))
    again = matched_afresh(draft)
    assert (again.recalled, again.mapping.source_of("custom4")) == (None, None)


def test_what_was_decided_about_cells_is_decided_again(folders: Folders) -> None:
    """Next month's list has the same months and days, in the same order."""
    names, dates = FieldRule(case=LetterCase.NAMES), FieldRule(dates=DateOrder.MONTH_FIRST)
    rules = NO_RULES.with_rule("surname", names).with_rule("birthdate", dates)
    save_recipe(folders, decided().with_rules(rules), "Newsletter list")
    kept, _ = remembered_recipes(folders)
    draft = with_suggested_mapping(begun(*HEADERS), kept)
    assert draft.rules == NO_RULES.with_rule("surname", names)  # no column fills the other field
    assert matched_afresh(draft).rules == NO_RULES


def test_other_letters_and_another_order_are_the_same_shape(folders: Folders) -> None:
    save_recipe(folders, decided(), "Newsletter list")
    kept, _ = remembered_recipes(folders)
    draft = with_suggested_mapping(begun("CODE", "full  name", "mail"), kept)
    assert (draft.mapping.position_of("email"), draft.mapping.position_of("custom4")) == (2, 0)


@pytest.mark.parametrize("headers", [("Mail", "Full name"), (*HEADERS, "More"), ("Mail", "Name", "Code")])
def test_another_shape_is_matched_by_itself(folders: Folders, headers: tuple[str, ...]) -> None:
    save_recipe(folders, decided(), "Newsletter list")
    kept, _ = remembered_recipes(folders)
    assert with_suggested_mapping(begun(*headers), kept).recalled is None


def test_another_provider_is_matched_by_itself(folders: Folders) -> None:
    save_recipe(folders, decided(), "Newsletter list")
    kept, _ = remembered_recipes(folders)
    assert with_suggested_mapping(begun(*HEADERS, provider="emarsys"), kept).recalled is None


def test_what_was_matched_by_hand_stays(folders: Folders) -> None:
    save_recipe(folders, decided(), "Newsletter list")
    kept, _ = remembered_recipes(folders)
    by_hand = begun(*HEADERS).with_mapping(ColumnMapping().with_field("email", 2))
    assert with_suggested_mapping(by_hand, kept).mapping.position_of("email") == 2


def test_consent_and_clearing_are_never_recalled_unasked(folders: Folders) -> None:
    draft = new_draft("emarsys").with_file(read_file_with("E-mail", "Agreed", "City"))
    draft = draft.with_options(Options({**draft.options, "action": "create_or_update"}))
    mapping = ColumnMapping().with_field("3", 0).with_field("31", 1).with_field("11", 2)
    draft = draft.with_mapping(mapping.with_clearing("11", True)).with_consent(True)
    save_recipe(folders, draft, "All of it")
    ((one,), _) = remembered_recipes(folders)
    assert not one.recipe.send_consent
    fresh = new_draft("emarsys").with_file(read_file_with("E-mail", "Agreed", "City"))
    recalled = with_suggested_mapping(fresh, (one,))
    assert [each.field for each in recalled.mapping.assignments] == ["3", "11"]
    assert recalled.mapping.clearing == ()
    assert recalled.options["action"] == "create"  # what changes an account is decided anew


def test_what_is_learned_takes_the_place_of_what_was_learned_before(folders: Folders) -> None:
    save_recipe(folders, decided(), "By hand", lambda: 1.0)
    learn_recipe(folders, decided(), lambda: 2.0)
    learn_recipe(folders, decided(), lambda: 3.0)
    kept, _ = remembered_recipes(folders)
    told = [(one.name, one.at, one.learned) for one in kept]
    assert told == [("list.xlsx", 3.0, True), ("By hand", 1.0, False)]


def test_saving_under_a_name_again_replaces_it(folders: Folders) -> None:
    save_recipe(folders, decided(), "By  hand")
    save_recipe(folders, decided(), "By hand")
    assert len(remembered_recipes(folders)[0]) == 1


def test_recipes_are_forgotten(folders: Folders) -> None:
    first = save_recipe(folders, decided(), "One", lambda: 1.0)
    save_recipe(folders, decided(), "Two", lambda: 2.0)
    forget_recipe(folders, first.id)
    assert [one.name for one in remembered_recipes(folders)[0]] == ["Two"]
    forget_recipes(folders)
    assert remembered_recipes(folders) == ((), None)
    assert "Two" not in (folders.settings / FILE_NAME).read_text("utf-8")


def test_nobody_of_the_list_and_no_account_is_kept(folders: Folders) -> None:
    draft = decided().with_destination(Destination(False, "acc", "https://api.example.org", ""))
    rules = draft.rules.with_rule("surname", FieldRule(words=(("Ray", "Roy"),)))
    draft = draft.with_rules(rules.with_rule("phoneNumber", FieldRule(number=WhichNumber.MOBILE)))
    learn_recipe(folders, draft)
    text = (folders.settings / FILE_NAME).read_text("utf-8")
    for word in ("ann@", "Ann", "Ray", "A-17", "example.org"):
        assert word not in text
    assert remembered_recipes(folders)[0][0].recipe.rules.of("phoneNumber").number is WhichNumber.MOBILE
    if os.name == "posix":
        assert (folders.settings / FILE_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"version": 1}',
        '{"version": 1, "recipes": [3]}',
        '{"version": 1, "recipes": [{"id": "a", "name": "b", "at": true, "headers": []}]}',
        '{"version": 1, "recipes": [{"id": "a", "name": "b", "at": 1, "headers": [3]}]}',
    ],
)
def test_a_broken_file_is_set_aside_and_said_so(folders: Folders, content: str) -> None:
    (folders.settings / FILE_NAME).write_text(content, "utf-8")
    kept, problem = remembered_recipes(folders)
    assert kept == ()
    assert problem is not None
    assert (folders.settings / f"{FILE_NAME}.broken").exists()
    save_recipe(folders, decided(), "New")
    assert len(remembered_recipes(folders)[0]) == 1


@pytest.mark.parametrize("text", ["no toml", 'provider = "smsend"\nserver = "https://example.org"', ""])
def test_a_tampered_recipe_is_not_applied(folders: Folders, text: str) -> None:
    save_recipe(folders, decided(), "Newsletter list")
    path = folders.settings / FILE_NAME
    content = json.loads(path.read_text("utf-8"))
    content["recipes"][0]["text"] = text
    path.write_text(json.dumps(content), "utf-8")
    kept, problem = remembered_recipes(folders)
    assert (len(kept), problem) == (1, None)
    assert with_suggested_mapping(begun(*HEADERS), kept).recalled is None
