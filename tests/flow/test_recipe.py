"""A recipe says all that was decided, comes back the same, and says plainly what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.names import NamePart
from app.contacts.rules import FieldRule, WhichNumber
from app.contacts.sources import (
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
)
from app.flow.draft import new_draft
from app.flow.recipe import Recipe, draft_from, require_agreement, with_recipe
from app.flow.recipe_reading import load_recipe
from app.flow.recipe_text import recipe_of, recipe_text
from app.problems import RecipeProblem
from app.providers.known import PROVIDERS
from app.providers.options import Options
from tests.flow.scene import read_file_with

FILE = read_file_with("E-mail", "Cellulare", "Nome = \"vero\" #1")  # fmt: skip


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("provider", [provider.name for provider in PROVIDERS])
def test_a_recipe_comes_back_as_it_was_written(tmp_path: Path, provider: str) -> None:
    draft = new_draft(provider, "IT").with_file(FILE)
    key = draft.schema.fields[0].key
    draft = draft.with_mapping(ColumnMapping((Assignment(key, 2),)))
    text = recipe_text(recipe_of(draft, "Main account"))
    recipe = load_recipe(written(tmp_path, text))
    assert recipe == recipe_of(draft, "Main account")
    assert draft_from(recipe, FILE) == draft


def test_one_column_may_fill_several_fields(tmp_path: Path) -> None:
    text = 'provider = "smsend"\n[columns]\n"E-mail" = ["email", "custom1"]\n'
    draft = draft_from(load_recipe(written(tmp_path, text)), FILE)
    assert draft.mapping.fields_of(0) == ("email", "custom1")


def test_free_fields_are_named_by_the_recipe(tmp_path: Path) -> None:
    text = 'provider = "sociocs"\n[columns]\n"Cellulare" = "phone_number"\n"E-mail" = "extra_fields.mail"\n'
    draft = draft_from(load_recipe(written(tmp_path, text)), FILE)
    assert draft.mapping.position_of("extra_fields.mail") == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("provider = ", "can't be used"),
        ("x = 1\nprovider = 'smsend'", "Unknown: x"),
        ("", "smsend, emarsys"),
        ("provider = 'nobody'", "smsend, emarsys"),
        ("provider = 'smsend'\nformat = 9", "format 1"),
        ("provider = 'smsend'\ncolumns = 3", "has to be a table"),
        ("provider = 'smsend'\n[columns]\nA = 3", 'column "A"'),
        ("provider = 'smsend'\n[options]\nfoo = 3", 'no option "foo"'),
        ("provider = 'smsend'\n[options]\nupdateExistingContact = 'yes'", "can't be 'yes'"),
        ("provider = 'smsend'\n[options]\nsign_in = 'magic'", "can't be 'magic'"),
        ("provider = 'smsend'\ndefault_country = 'Italy'", "two letters"),
        ("provider = 'smsend'\nfields = 3", "has to be a table"),
        ("provider = 'smsend'\n[fields]\nname = {split = 'A'}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = {split = 'A', part = 'middle'}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = {join = []}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = {join = ['A'], with = 3}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = {always = ' '}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = {always = 'x', first_of = ['A']}", 'field "name"'),
        ("provider = 'smsend'\n[fields]\nname = 'A'", 'field "name"'),
        ("provider = 'smsend'\nduplicates = 'keep_all'", "keep_first, keep_last, fill_blanks"),
        ("provider = 'smsend'\nsend_consent = 'yes'", "true or false"),
        ("provider = 'smsend'\ndefault_country = 'ZZ'", "no country: ZZ"),
        ("provider = 'smsend'\naccount = 7", "account has to be a text"),
        ("provider = 'sociocs'\nagreed = true", '"overwrites"'),
        ("provider = 'sociocs'\nagreed = ['everything']", '"overwrites"'),
        ("provider = 'sociocs'\nagreed = [[]]", '"overwrites"'),
        ("provider = 'smsend'\nagreed = ['overwrites']", "list of: -"),
        ("provider = 'smsend'\nserver = 'https://example.com'", "Unknown: server"),
    ],
)
def test_a_broken_recipe_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RecipeProblem) as caught:
        load_recipe(written(tmp_path, text))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((("Telefon", "email"),), '"Telefon"'),
        ((("E-mail", "mail"),), 'no field "mail"'),
        ((("E-mail", "email"), ("Cellulare", "email")), "from two columns"),
    ],
)
def test_a_recipe_that_does_not_fit_the_file_is_refused(
    columns: tuple[tuple[str, str], ...], said: str
) -> None:
    with pytest.raises(RecipeProblem) as caught:
        draft_from(Recipe("smsend", columns=columns), FILE)
    assert said in str(caught.value)


def test_every_way_to_fill_a_field_comes_back_as_it_was_written(tmp_path: Path) -> None:
    sources: dict[str, Source] = {
        "name": SplitName(2, NamePart.FIRST),
        "surname": SplitName(2, NamePart.LAST),
        "address": JoinedSource((0, 1), ", "),
        "phoneNumber": FirstFilled((1, 0)),
        "custom1": ConstantSource('Newsletter "2026"'),
        "email": ColumnSource(0),
    }
    draft = new_draft("smsend", "IT").with_file(FILE).with_duplicates(DuplicatePolicy.FILL_BLANKS)
    mapping = ColumnMapping(phone_country=1)
    for key, source in sources.items():
        mapping = mapping.with_source(key, source)
    draft = draft.with_mapping(mapping)
    back = draft_from(load_recipe(written(tmp_path, recipe_text(recipe_of(draft)))), FILE)
    assert {key: back.mapping.source_of(key) for key in sources} == sources
    assert (back.mapping.phone_country, back.duplicates) == (1, DuplicatePolicy.FILL_BLANKS)


def test_a_field_filled_by_a_column_and_otherwise_is_refused(tmp_path: Path) -> None:
    text = 'provider = "smsend"\n[columns]\n"E-mail" = "name"\n[fields]\nname = {always = "x"}\n'
    with pytest.raises(RecipeProblem, match="from two columns"):
        draft_from(load_recipe(written(tmp_path, text)), FILE)


def test_a_field_that_needs_a_missing_column_is_refused(tmp_path: Path) -> None:
    text = 'provider = "smsend"\n[fields]\nname = {first_of = ["E-mail", "Telefon"]}\n'
    with pytest.raises(RecipeProblem, match="Telefon"):
        draft_from(load_recipe(written(tmp_path, text)), FILE)


def test_consent_is_sent_only_where_the_recipe_says_so(tmp_path: Path) -> None:
    text = 'provider = "emarsys"\n{}[columns]\n"E-mail" = "3"\n"Cellulare" = "31"\n'
    with pytest.raises(RecipeProblem, match="who agreed"):
        draft_from(load_recipe(written(tmp_path, text.format(""))), FILE)
    recipe = load_recipe(written(tmp_path, text.format("send_consent = true\n")))
    draft = draft_from(recipe, FILE)
    assert (draft.consent_fields, draft.consent_confirmed) == (("31",), True)
    assert load_recipe(written(tmp_path, recipe_text(recipe_of(draft)))) == recipe_of(draft)


def test_what_a_provider_destroys_unasked_is_agreed_to_by_name(tmp_path: Path) -> None:
    text = 'provider = "sociocs"\n{}[columns]\n"Cellulare" = "phone_number"\n'
    silent = load_recipe(written(tmp_path, text.format("")))
    with pytest.raises(RecipeProblem, match="extra fields") as caught:
        require_agreement(silent, draft_from(silent, FILE))
    line = 'agreed = ["overwrites"]'
    assert line in caught.value.advice
    recipe = load_recipe(written(tmp_path, text.format(f"{line}\n")))
    assert [one.key for one in require_agreement(recipe, draft_from(recipe, FILE))] == ["overwrites"]


def test_a_suggested_recipe_agrees_to_nothing(tmp_path: Path) -> None:
    for provider in PROVIDERS:
        text = recipe_text(recipe_of(new_draft(provider.name).with_file(FILE)))
        recipe = load_recipe(written(tmp_path, text))
        assert recipe.agreed == ()
        for one in provider.acknowledgements(provider.default_options()):
            assert one.sentence in text


def test_the_chosen_account_signs_in_as_before_whatever_a_recipe_says(tmp_path: Path) -> None:
    text = 'provider = "emarsys"\n[columns]\n"E-mail" = "3"\n[options]\n{}'
    chosen = new_draft("emarsys").with_file(FILE).with_sign_in({"sign_in": "oauth2"})
    for line in ("", 'sign_in = "wsse"'):
        recipe = load_recipe(written(tmp_path, text.format(line)))
        assert with_recipe(chosen, recipe).options.text("sign_in") == "oauth2"
    said = load_recipe(written(tmp_path, text.format('sign_in = "oauth2"')))
    assert draft_from(said, FILE).options.text("sign_in") == "oauth2"  # where there is no window to choose in
    assert (
        with_recipe(new_draft("emarsys").with_file(FILE), said, own=True).options.text("sign_in") == "oauth2"
    )


def test_a_missing_recipe_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(RecipeProblem):
        load_recipe(tmp_path / "none.toml")


def test_a_recipe_never_holds_a_server_or_a_secret() -> None:
    names = set(Recipe.__dataclass_fields__)
    assert names == {
        *("provider", "account", "default_country", "columns", "fields", "phone_country", "duplicates"),
        *("send_consent", "clear_empty", "agreed", "options", "rules"),
    }
    for provider in PROVIDERS:
        secrets = {one.key for one in provider.secrets(provider.default_options())}
        assert not secrets.intersection(Options(provider.default_options()))


CLEANING = """provider = "smsend"
[cleaning.gender]
words = {"Sig.na" = "f", "n.b." = ""}
[cleaning.birthdate]
dates = "month_first"
[cleaning.phoneNumber]
number = "mobile"
zero = true
[cleaning.surname]
case = "names"
cut = true
"""


def test_what_was_decided_about_cells_comes_back_from_a_recipe(tmp_path: Path) -> None:
    recipe = load_recipe(written(tmp_path, CLEANING))
    draft = draft_from(recipe, FILE)
    assert draft.rules.of("gender").words == (("Sig.na", "f"), ("n.b.", ""))
    assert draft.rules.of("phoneNumber") == FieldRule(number=WhichNumber.MOBILE, zero=True)
    assert load_recipe(written(tmp_path, recipe_text(recipe_of(draft)))).rules == draft.rules


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[cleaning]\ngender = 1", "gender"),
        ('[cleaning.gender]\ncase = "big"', "big"),
        ("[cleaning.gender]\nwords = {a = 1}", "words"),
        ("[cleaning.gender]\ncut = 1", "cut"),
        ("cleaning = 3", "cleaning"),
        ("[cleaning.gender]\ncolour = 1", "colour"),
    ],
)
def test_a_rule_that_is_not_understood_is_a_problem(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(RecipeProblem) as raised:
        load_recipe(written(tmp_path, f'provider = "smsend"\n{line}\n'))
    assert why in raised.value.advice


def test_a_rule_for_a_field_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    recipe = load_recipe(written(tmp_path, 'provider = "smsend"\n[cleaning.colour]\ncut = true\n'))
    with pytest.raises(RecipeProblem, match="colour"):
        draft_from(recipe, FILE)


CLEARING = """provider = "emarsys"
clear_empty = ["2"]
[columns]
"E-mail" = "3"
"Cellulare" = "2"
[options]
action = "create_or_update"
"""


def test_empty_cells_clear_what_the_recipe_names(tmp_path: Path) -> None:
    draft = draft_from(load_recipe(written(tmp_path, CLEARING)), FILE)
    assert (draft.cleared_fields, draft.sent_mapping.clearing) == (("2",), ("2",))
    assert load_recipe(written(tmp_path, recipe_text(recipe_of(draft)))).clear_empty == ("2",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('clear_empty = ["2"]', 'clear_empty = "2"'), "a list of fields"),
        (('clear_empty = ["2"]', 'clear_empty = ["3"]'), '"3"'),  # it says who is meant
        (('clear_empty = ["2"]', 'clear_empty = ["1"]'), '"1"'),  # no column fills it
        (("create_or_update", "create"), '"2"'),  # nobody is changed
        (('"emarsys"', '"smsend"'), "no option"),
    ],
)
def test_nothing_is_cleared_that_can_not_be(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(RecipeProblem) as caught:
        draft_from(load_recipe(written(tmp_path, CLEARING.replace(*change))), FILE)
    assert said in str(caught.value)


def test_consent_that_is_not_confirmed_is_not_among_what_is_sent() -> None:
    draft = new_draft("emarsys").with_file(FILE)
    draft = draft.with_mapping(ColumnMapping().with_field("3", 0).with_field("31", 1))
    assert draft.sent_mapping.position_of("31") is None
    assert draft.with_consent(True).sent_mapping.position_of("31") == 1
    again = with_recipe(new_draft("emarsys").with_file(FILE), recipe_of(draft))
    assert (again.mapping, again.consent_confirmed) == (draft.mapping, False)
