"""Whole rows: cleaned, judged, told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.checking import Checker
from app.contacts.column_conventions import date_orders_in, letters_in, serial_columns_in
from app.contacts.contact import CheckedContact, FindingKind, Level, Status
from app.contacts.dates import DateOrder
from app.contacts.fields import Choice, ContactSchema, Field, FieldKind, FreeFields, Meaning
from app.contacts.gender_letters import LetterM
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.names import NamePart
from app.contacts.rules import FieldRule, Rules
from app.contacts.sources import FirstFilled, JoinedSource, Source, SplitName

TODAY = date(2026, 1, 31)
SCHEMA = ContactSchema(
    fields=(
        Field("email", "E-mail", FieldKind.EMAIL, Meaning.EMAIL, 60),
        Field("phone", "Phone", FieldKind.PHONE, Meaning.MOBILE),
        Field("name", "Name", meaning=Meaning.FIRST_NAME, max_length=10),
        Field("born", "Born", FieldKind.DATE, Meaning.BIRTH_DATE),
        Field(
            "sex",
            "Sex",
            FieldKind.CHOICE,
            Meaning.GENDER,
            choices=(Choice("m", "Male"), Choice("f", "Female")),
        ),
        Field("topics", "Topics", FieldKind.MULTI_CHOICE, choices=(Choice("1", "Art"), Choice("2", "Food"))),
        Field("groups", "Groups", FieldKind.TEXTS, max_length=5),
        Field("points", "Points", FieldKind.INTEGER),
        Field("landline", "Landline", FieldKind.PHONE, Meaning.PHONE),
    ),
    one_of=(("email", "phone"),),
    keys=("email", "phone"),
    free=FreeFields(r"extra\.(?P<name>.+)", "Extra", "extra.{header}", max_length=8),
)
KEYS = (*(field.key for field in SCHEMA.fields), "extra.city")
MAPPING = ColumnMapping(tuple(Assignment(key, at) for at, key in enumerate(KEYS)))


def checker(schema: ContactSchema = SCHEMA, country: str = "IT", mapping: ColumnMapping = MAPPING) -> Checker:
    return Checker(schema, mapping, country, TODAY)


def check(row: int = 2, by: Checker | None = None, /, **texts: str) -> CheckedContact:
    cells = [texts.get(key.replace(".", "_"), "") for key in KEYS]
    return (by or checker()).check(row, cells)


def kinds(contact: CheckedContact) -> list[tuple[FindingKind, Level]]:
    return [(finding.kind, finding.level) for finding in contact.findings]


def test_a_clean_row_is_sent_as_it_is() -> None:
    contact = check(email="anna@example.com", phone="+393331234567", name="Anna", born="1980-01-31", sex="f")
    assert contact == CheckedContact(
        2,
        Status.TO_SEND,
        {
            "email": "anna@example.com",
            "phone": "+393331234567",
            "name": "Anna",
            "born": "1980-01-31",
            "sex": "f",
        },
    )


@pytest.mark.parametrize("cells", [[], [""], [" ", "\u00a0", "\u200b"], [""] * 40])
def test_a_row_in_which_nothing_can_be_seen_is_blank(cells: list[str]) -> None:
    assert checker().check(7, cells) == CheckedContact(7, Status.BLANK)


def test_a_row_with_something_only_in_unused_columns_is_left_out() -> None:
    contact = checker().check(7, [*[""] * len(KEYS), "a note"])
    assert contact.status is Status.LEFT_OUT
    assert kinds(contact) == [(FindingKind.ONE_OF_MISSING, Level.BLOCKING)]


def test_short_rows_are_rows_with_blank_ends() -> None:
    assert checker().check(2, ["anna@example.com"]).status is Status.TO_SEND


@pytest.mark.parametrize(
    ("key", "text", "value", "kind", "level"),
    [
        ("email", " Anna@Example.COM ", "Anna@example.com", FindingKind.EMAIL_LOWERED, Level.FIXED),
        ("email", "anna@gmial.com", "anna@gmial.com", FindingKind.EMAIL_TYPO, Level.WARNING),
        ("email", "Anna <anna@example.com>", "anna@example.com", FindingKind.EMAIL_TIDIED, Level.FIXED),
        (
            "email",
            "a@example.com;b@example.com",
            "a@example.com",
            FindingKind.EMAIL_TWO_ADDRESSES,
            Level.WARNING,
        ),
        ("phone", "+39 333 1234567", "+393331234567", FindingKind.PHONE_FORMATTED, Level.FIXED),
        ("phone", "333 1234567", "+393331234567", FindingKind.PHONE_COUNTRY_ADDED, Level.FIXED),
        ("phone", "+390212345678", "+390212345678", FindingKind.PHONE_LANDLINE, Level.WARNING),
        ("phone", "333 1234567/347 7654321", "+393331234567", FindingKind.PHONE_TWO_NUMBERS, Level.WARNING),
        ("name", "Anna  Lea", "Anna Lea", FindingKind.SPACES_REMOVED, Level.FIXED),
        ("born", "31.1.80", "1980-01-31", FindingKind.DATE_FORMATTED, Level.FIXED),
        ("born", "3.4.80", "1980-04-03", FindingKind.DATE_AMBIGUOUS, Level.WARNING),
        ("sex", "female", "f", FindingKind.CHOICE_TRANSLATED, Level.FIXED),
        ("topics", "Art, food", ("1", "2"), FindingKind.CHOICE_TRANSLATED, Level.FIXED),
        ("topics", "Art, cars", ("1",), FindingKind.CHOICE_UNKNOWN, Level.WARNING),
        ("name", "#N/A", None, FindingKind.CELL_ERROR, Level.WARNING),
        ("born", "#WERT!", None, FindingKind.CELL_ERROR, Level.WARNING),
        ("groups", "#REF!", None, FindingKind.CELL_ERROR, Level.WARNING),
        ("born", "1980-02-30", None, FindingKind.DATE_INVALID, Level.WARNING),
        ("sex", "x", None, FindingKind.CHOICE_UNKNOWN, Level.WARNING),
        ("points", "many", None, FindingKind.INTEGER_INVALID, Level.WARNING),
        ("landline", "12", None, FindingKind.PHONE_INVALID, Level.WARNING),
    ],
)
def test_each_kind_of_field_says_what_was_done(
    key: str, text: str, value: object, kind: FindingKind, level: Level
) -> None:
    other = "phone" if key == "email" else "email"
    contact = check(**{other: "+393207654321" if other == "phone" else "luca@example.org", key: text})
    assert contact.status is Status.TO_SEND
    assert contact.values.get(key) == value
    assert kinds(contact) == [(kind, level)]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("name", " Anna ", "Anna"),
        ("phone", " +393331234567", "+393331234567"),
        ("points", "1.200", "1200"),
        ("points", "12.0", "12"),
        ("points", "-7", "-7"),
        ("groups", "a; b,a", ("a", "b")),
        ("landline", "+390212345678", "+390212345678"),
        ("extra_city", "Roma", None),
    ],
)
def test_harmless_changes_go_without_saying(key: str, text: str, value: object) -> None:
    contact = check(**{"email": "luca@example.org", key: text})
    assert contact.findings == ()
    assert contact.values.get(key) == value
    if key == "extra_city":
        assert contact.values["extra.city"] == "Roma"


@pytest.mark.parametrize("text", ["-", "n/a", "NULL", "--"])
@pytest.mark.parametrize("key", ["phone", "born", "sex", "points"])
def test_placeholders_count_as_blank_where_something_else_is_expected(key: str, text: str) -> None:
    contact = check(**{"email": "luca@example.org", key: text})
    assert (contact.status, contact.findings) == (Status.TO_SEND, ())


def test_a_value_that_is_lost_blocks_where_nothing_stands_in_for_it() -> None:
    contact = check(phone="3,93E+11", name="Anna")
    assert contact.status is Status.LEFT_OUT
    assert kinds(contact) == [(FindingKind.PHONE_DIGITS_LOST, Level.BLOCKING)]


def test_a_value_that_is_lost_only_warns_where_another_key_is_there() -> None:
    contact = check(phone="12", email="anna@example.com")
    assert contact.status is Status.TO_SEND
    assert kinds(contact) == [(FindingKind.PHONE_INVALID, Level.WARNING)]
    assert "phone" not in contact.values


def test_a_required_field_blocks_when_missing_or_lost() -> None:
    schema = ContactSchema(SCHEMA.fields, required=("phone", "name"), keys=("phone",))
    assert kinds(check(2, checker(schema), phone="+393331234567")) == [
        (FindingKind.REQUIRED_MISSING, Level.BLOCKING)
    ]
    lost = check(2, checker(schema), phone="12", name="#N/A")
    assert kinds(lost) == [
        (FindingKind.PHONE_INVALID, Level.BLOCKING),
        (FindingKind.CELL_ERROR, Level.WARNING),
        (FindingKind.REQUIRED_MISSING, Level.BLOCKING),
    ]


def test_nothing_is_cut_without_asking() -> None:
    contact = check(email="anna@example.com", name="Anna Maria Luisa")
    assert contact.status is Status.LEFT_OUT
    [finding] = contact.findings
    assert (finding.kind, finding.level, finding.limit) == (FindingKind.TOO_LONG, Level.BLOCKING, 10)
    assert check(email="anna@example.com", extra_city="Castelnuovo").status is Status.LEFT_OUT
    assert check(email="anna@example.com", groups="a;sixsix").status is Status.LEFT_OUT


def test_a_number_without_a_country_asks_for_one() -> None:
    contact = check(2, checker(country=""), phone="333 1234567")
    assert kinds(contact) == [(FindingKind.PHONE_NO_COUNTRY, Level.BLOCKING)]


def test_the_same_person_twice_is_sent_once() -> None:
    by = checker()
    assert check(2, by, email="anna@example.com", phone="333 1234567").status is Status.TO_SEND
    twice = check(5, by, email="ANNA@example.com", phone="+39 333 1234567")
    assert twice.status is Status.DUPLICATE
    assert (twice.findings[-1].kind, twice.findings[-1].limit) == (FindingKind.DUPLICATE, 2)


def test_a_shared_key_warns_when_another_key_is_new() -> None:
    by = checker()
    check(2, by, email="anna@example.com", phone="+393331234567")
    shared = check(3, by, email="luca@example.com", phone="+393331234567")
    assert shared.status is Status.TO_SEND
    assert (shared.findings[0].kind, shared.findings[0].field, shared.findings[0].limit) == (
        FindingKind.SAME_KEY_AS,
        "phone",
        2,
    )
    assert check(4, by, email="luca@example.com").findings[-1].limit == 3


def test_rows_left_out_make_no_duplicates() -> None:
    by = checker()
    check(2, by, email="anna@example.com", name="Much too long a name")
    assert check(3, by, email="anna@example.com").status is Status.TO_SEND


def test_checking_alone_remembers_nothing() -> None:
    by = checker()
    by.check_alone(2, ["anna@example.com"])
    assert by.check(3, ["anna@example.com"]).status is Status.TO_SEND


@pytest.mark.parametrize(
    ("text", "iso", "told"),
    [
        ("2026-01-31", "2026-01-31", []),  # today
        ("2026-02-01", "2026-02-01", [FindingKind.BIRTH_TO_COME]),
        ("31.12.2062", "2062-12-31", [FindingKind.DATE_FORMATTED, FindingKind.BIRTH_TO_COME]),
        ("1/2/26", "1926-02-01", [FindingKind.DATE_AMBIGUOUS]),
        ("1906-01-01", "1906-01-01", []),
        ("1900-01-01", "1900-01-01", [FindingKind.BIRTH_LONG_AGO]),
    ],
)
def test_a_date_of_birth_that_hardly_can_be_one_is_sent_and_told(
    text: str, iso: str, told: list[FindingKind]
) -> None:
    contact = check(email="anna@example.com", born=text)
    assert (contact.status, contact.values["born"]) == (Status.TO_SEND, iso)
    assert [finding.kind for finding in contact.findings] == told


@pytest.mark.parametrize("text", ["'anna@example.com", "anna\N{FULLWIDTH COMMERCIAL AT}example.com"])
def test_marks_and_wide_letters_are_no_part_of_an_address(text: str) -> None:
    contact = check(email=text)
    assert contact.values["email"] == "anna@example.com"
    assert kinds(contact) == [(FindingKind.EMAIL_LOWERED, Level.FIXED)]


@pytest.mark.parametrize("text", ["0000-00-00", "00/00/0000", "unbekannt", "Non disponibile", "ninguno"])
def test_a_word_for_nothing_is_a_blank(text: str) -> None:
    contact = check(email="anna@example.com", born=text, phone=text)
    assert (contact.values.get("born"), contact.values.get("phone"), contact.findings) == (None, None, ())


def test_only_dates_of_birth_are_over() -> None:
    schema = ContactSchema((*SCHEMA.fields[:1], Field("due", "Due", FieldKind.DATE, Meaning.ANNIVERSARY)))
    mapping = ColumnMapping((Assignment("email", 0), Assignment("due", 1)))
    contact = checker(schema, "IT", mapping).check(2, ["anna@example.com", "2031-01-01"])
    assert (contact.values["due"], contact.findings) == ("2031-01-01", ())


def test_a_decided_order_leaves_no_doubt_about_dates() -> None:
    by = Checker(SCHEMA, MAPPING, "IT", TODAY, {3: DateOrder.MONTH_FIRST})
    contact = check(2, by, email="anna@example.com", born="03/04/1980")
    assert contact.values["born"] == "1980-03-04"
    assert kinds(contact) == [(FindingKind.DATE_FORMATTED, Level.FIXED)]


def test_the_sample_decides_the_order_of_date_columns() -> None:
    columns = [[""], [""], ["13/04/1980"], ["03/04/1980", "04/13/1980"]]
    assert date_orders_in(SCHEMA, MAPPING, columns) == {3: DateOrder.MONTH_FIRST}


def test_a_country_column_says_where_a_number_is_from() -> None:
    mapping = replace(MAPPING, phone_country=len(KEYS))
    by = checker(mapping=mapping)
    blanks = [""] * len(KEYS)
    written = {"0171 1234567": "Deutschland", "06 12 34 56 78": "FR", "333 1234567": "", "347 1234567": "?"}
    found = [
        by.check(row, [*blanks[:1], text, *blanks[2:], country]).values.get("phone")
        for row, (text, country) in enumerate(written.items(), 2)
    ]
    assert found == ["+491711234567", "+33612345678", "+393331234567", "+393471234567"]


def test_a_number_of_a_country_that_is_not_understood_is_nobodys() -> None:
    by = checker(mapping=replace(MAPPING, phone_country=len(KEYS)))
    cells = ["anna@example.com", "07700 900123", *[""] * (len(KEYS) - 2)]
    contact = by.check(2, [*cells, "Albion"])
    assert "phone" not in contact.values
    assert [(one.kind, one.level, one.before, one.after) for one in contact.findings] == [
        (FindingKind.PHONE_COUNTRY_UNKNOWN, Level.WARNING, "07700 900123", "Albion")
    ]
    abroad = ["anna@example.org", "+44 7700 900124", *cells[2:]]
    assert by.check(3, [*abroad, "Albion"]).values["phone"] == "+447700900124"
    assert by.check(4, ["", *cells[1:], "UK (England)"]).values["phone"] == "+447700900123"
    alone = by.check(5, ["", *cells[1:], "Albion"])
    assert (alone.status, kinds(alone)) == (
        Status.LEFT_OUT,
        [(FindingKind.PHONE_COUNTRY_UNKNOWN, Level.BLOCKING)],
    )


def test_what_the_user_decided_about_a_country_says_where_a_number_is_from() -> None:
    land = Field(
        *("land", "Country", FieldKind.CHOICE, Meaning.COUNTRY),
        choices=(Choice("80", "Italy"), Choice("65", "Germany")),
    )
    schema = ContactSchema((*SCHEMA.fields[:2], land))
    mapping = ColumnMapping((Assignment("phone", 0), Assignment("land", 1)))
    rules = Rules().with_rule("land", FieldRule(words=(("Nippes", "65"),)))
    by = Checker(schema, mapping, "IT", TODAY, rules=rules)
    found = [
        by.check(row, ["0171 1234567", text]) for row, text in enumerate(("Nippes", "65", "Ehrenfeld"), 2)
    ]
    assert [one.values.get("phone") for one in found] == ["+491711234567", "+491711234567", None]


def test_a_mapped_country_column_says_so_too() -> None:
    schema = ContactSchema((*SCHEMA.fields[:2], Field("land", "Country", meaning=Meaning.COUNTRY)))
    mapping = ColumnMapping((Assignment("phone", 0), Assignment("land", 1)))
    contact = checker(schema, "IT", mapping).check(2, ["0171 1234567", "Germania"])
    assert contact.values["phone"] == "+491711234567"


def test_excels_counts_of_days_are_dates_where_there_are_dates_or_nothing_else() -> None:
    columns = [[""], [""], ["31/01/1980", "29221", "n/a", "1.2.1990"]]
    assert serial_columns_in(SCHEMA, MAPPING, [*columns[:2], [], columns[2]]) == {3}
    assert serial_columns_in(SCHEMA, MAPPING, [[], [], [], ["29221", "30000", ""]]) == {3}
    assert serial_columns_in(SCHEMA, MAPPING, [[], [], [], ["29221", "Rome", "Paris"]]) == frozenset()
    assert serial_columns_in(SCHEMA, MAPPING, [[], [], [], ["29221", "no", "31/01/1980"]]) == frozenset()
    by = Checker(SCHEMA, MAPPING, "IT", TODAY, serial_columns={3})
    assert check(2, by, email="anna@example.com", born="29221").values["born"] == "1980-01-01"
    assert "born" not in check(3, by, email="luca@example.com", born="9221").values
    assert "born" not in check(4, email="eva@example.com", born="29221").values


def test_fields_the_schema_has_not_are_ignored() -> None:
    mapping = ColumnMapping((Assignment("email", 0), Assignment("nowhere", 1)))
    contact = checker(mapping=mapping).check(2, ["anna@example.com", "x"])
    assert dict(contact.values) == {"email": "anna@example.com"}


@given(st.lists(st.text(st.characters(), max_size=40), max_size=12), st.sampled_from(["IT", "US", ""]))
def test_no_row_makes_checking_fail(cells: list[str], country: str) -> None:
    contact = checker(country=country).check(2, cells)
    blocked = any(finding.level is Level.BLOCKING for finding in contact.findings)
    assert (contact.status is Status.LEFT_OUT) is blocked


@pytest.mark.parametrize(
    ("source", "cells", "clears"),
    [
        (FirstFilled((1, 2)), ("", "\u200b"), True),
        (FirstFilled((1, 2)), ("#N/A", ""), False),
        (JoinedSource((1, 2)), ("", "#REF!"), False),
        (JoinedSource((1, 2)), (" ", ""), True),
        (JoinedSource((1, 5)), ("",), True),  # a column that the row does not reach
        (SplitName(1, NamePart.FIRST), ("Dr. Rossi", ""), False),
        (SplitName(1, NamePart.FIRST), ("", "Rossi"), True),
    ],
)
def test_only_blank_cells_clear_a_field(source: Source, cells: tuple[str, ...], clears: bool) -> None:
    mapping = ColumnMapping().with_field("email", 0).with_source("name", source).with_clearing("name", True)
    contact = checker(mapping=mapping).check(2, ["anna@example.com", *cells])
    assert ("name" in contact.values) is clears
    assert contact.values.get("name", "") == ""


def in_a_column_of(*words: str) -> Checker:
    columns = [[""] * len(words)] * 4 + [list(words)]
    return Checker(SCHEMA, MAPPING, "IT", TODAY, letters=letters_in(SCHEMA, MAPPING, columns))


def test_m_beside_h_is_a_woman_as_in_spanish_lists() -> None:
    by = in_a_column_of("H", "M", "", "H")
    woman = check(2, by, email="ana@example.com", sex="M")
    man = check(3, by, email="juan@example.com", sex="H")
    assert (woman.values["sex"], man.values["sex"]) == ("f", "m")
    assert kinds(woman) == [(FindingKind.GENDER_LETTER_READ, Level.FIXED)]


def test_m_beside_f_is_a_man() -> None:
    man = check(2, in_a_column_of("F", "M"), email="luca@example.com", sex="M")
    assert (man.values["sex"], kinds(man)) == ("m", [(FindingKind.CHOICE_TRANSLATED, Level.FIXED)])


@pytest.mark.parametrize("text", ["M", "m", " M. "])
def test_m_alone_is_nobody_until_the_user_decides(text: str) -> None:
    columns = [[text]] * len(KEYS)
    letters = letters_in(SCHEMA, MAPPING, columns)
    assert letters == {"sex": LetterM.UNSURE}
    unsure = check(2, Checker(SCHEMA, MAPPING, "IT", TODAY, letters=letters), email="a@example.com", sex=text)
    assert "sex" not in unsure.values
    assert unsure.status is Status.TO_SEND
    assert kinds(unsure) == [(FindingKind.GENDER_LETTER_UNSURE, Level.WARNING)]
    rules = Rules().with_rule("sex", FieldRule(words=(("M", "f"),)))
    by = Checker(SCHEMA, MAPPING, "IT", TODAY, letters=letters, rules=rules)
    decided = check(3, by, email="b@example.com", sex=text)
    assert (decided.values["sex"], kinds(decided)) == (
        "f",
        [(FindingKind.CHOICE_TRANSLATED, Level.FIXED)],
    )


def test_what_the_user_decided_about_m_wins_over_the_column() -> None:
    rules = Rules().with_rule("sex", FieldRule(words=(("M", "m"),)))
    by = Checker(SCHEMA, MAPPING, "IT", TODAY, letters={"sex": LetterM.WOMAN}, rules=rules)
    decided = check(2, by, email="a@example.com", sex="M")
    assert (decided.values["sex"], kinds(decided)) == (
        "m",
        [(FindingKind.CHOICE_TRANSLATED, Level.FIXED)],
    )
