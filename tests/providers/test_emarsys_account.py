"""Emarsys: what an account is asked about itself, in every shape its answers are known to take."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from app.contacts.fields import Choice, Field, FieldKind, Meaning
from app.contacts.matching import suggest
from app.problems import AccountProblem, NetworkProblem, Problem
from app.providers.account_fields import AccountFields
from app.providers.emarsys import Emarsys
from app.providers.options import OptionChoice
from app.providers.wire import MalformedAnswer, Response
from tests.providers.batches import answer, ask, batch_of, body_of, options_of
from tests.providers.provider_contract import NOW

EMARSYS = Emarsys(lambda: NOW)
DEFAULTS = EMARSYS.default_options()
FIELDS = [
    {"id": 3, "name": "E-Mail", "application_type": "longtext", "string_id": "email"},
    {"id": "5", "name": "Geschlecht", "application_type": "singlechoice", "string_id": "gender"},
    {"id": "7", "name": "Children", "application_type": "singlechoice", "string_id": "children"},
    {"id": "31", "name": "Opt-In", "application_type": "special", "string_id": "optin"},
    {"id": "33", "name": "Contact source", "application_type": "special", "string_id": "source"},
    {"id": "37", "name": "Mobile", "application_type": "shorttext", "string_id": "mobile"},
    {"id": "901", "name": "Voucher", "application_type": "voucher"},
    {"id": "8765", "name": "Products", "application_type": "multichoice"},
    {"id": "8766", "name": "Shoe size", "application_type": "numeric"},
    {"id": "8767", "name": "Shop", "application_type": "singlechoice"},
    {"id": "8768", "name": "Notes", "application_type": "something new"},
]
CHOICES = {
    "5": [{"id": "1", "choice": "Male"}, {"id": "2", "choice": "Weiblich"}, {"id": "9", "choice": "Divers"}],
    "7": [{"id": "1", "choice": "0"}, {"id": "2", "choice": "1"}],
    "8765": [{"id": 1, "choice": "Tea"}, {"id": 2, "choice": "Coffee"}],
}


def _ok(data: object) -> Response:
    return answer(200, {"replyCode": 0, "replyText": "OK", "data": data})


def _live(*answers: Response) -> AccountFields:
    return ask(EMARSYS.account_fields(DEFAULTS), *(answers or (_ok(FIELDS), _ok(CHOICES))))[0]


@pytest.mark.parametrize("number", ["7", 7])
def test_lists_are_named_whatever_their_ids_are(number: object) -> None:
    found, asked = ask(
        EMARSYS.choices("list_id", DEFAULTS), _ok([{"id": number, "name": "Spring", "type": 0}])
    )
    assert found == (OptionChoice("7", "Spring"),)
    assert [(one.method, one.path) for one in asked] == [("GET", "contactlist")]


def test_an_account_without_lists_has_none() -> None:
    assert ask(EMARSYS.choices("list_id", DEFAULTS), _ok([]))[0] == ()


@pytest.mark.parametrize("data", ["", None, {}, {"a": 1}, [{"name": "x"}], ["x"]])
def test_lists_of_another_shape_are_not_guessed_at(data: object) -> None:
    with pytest.raises(MalformedAnswer):
        ask(EMARSYS.choices("list_id", DEFAULTS), _ok(data))


def test_a_new_list_is_made_as_documented() -> None:
    found, asked = ask(EMARSYS.creation("list_id", "Spring", DEFAULTS), _ok({"id": 123, "errors": []}))
    assert found == OptionChoice("123", "Spring")
    assert (asked[0].method, asked[0].path) == ("POST", "contactlist")
    assert body_of(asked[0]) == {"key_id": "3", "name": "Spring"}


@pytest.mark.parametrize(("number", "said"), [(3005, "already"), (3004, "name"), (7003, "asked too much")])
def test_a_list_that_cannot_be_made_says_why(number: int, said: str) -> None:
    refused = answer(400, {"replyCode": number, "replyText": "x", "data": ""})
    with pytest.raises(Problem, match=said):
        ask(EMARSYS.creation("list_id", "Spring", DEFAULTS), refused)


def test_fields_that_may_identify_contacts_are_offered_the_usual_ones_first() -> None:
    found, _ = ask(EMARSYS.choices("key_id", DEFAULTS), _ok(FIELDS))
    assert [choice.value for choice in found] == ["3", "37", "8765[]", "8766"]
    only = options_of(EMARSYS, action="list_only", list_id=1)
    found, _ = ask(EMARSYS.choices("key_id", only), _ok(FIELDS))
    assert [choice.value for choice in found][-2:] == ["id", "uid"]


def test_sources_are_named() -> None:
    found, asked = ask(EMARSYS.choices("source_id", DEFAULTS), _ok([{"id": 1234, "name": "Shop"}]))
    assert found == (OptionChoice("1234", "Shop"),)
    assert asked[0].path == "source"


def test_only_fields_that_may_be_written_are_live() -> None:
    assert [field.key for field in _live().fields] == [
        *("3", "5", "7", "31", "37", "8765[]", "8766", "8767", "8768"),
    ]


def test_live_fields_travel_as_text_and_between_processes() -> None:
    live = _live()
    assert AccountFields.from_text(live.to_text()) == live
    assert pickle.loads(pickle.dumps(live)) == live


@pytest.mark.parametrize(
    "text", ["", "{", "7", "[7]", '[{"key": "3"}]', '[{"key":"1","label":"","kind":"x"}]']
)
def test_other_texts_are_no_live_fields(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is the promise
        AccountFields.from_text(text)


def test_live_fields_make_the_schema() -> None:
    schema = EMARSYS.schema(DEFAULTS, _live())
    assert [field.key for field in schema.fields if field.key in {"1", "2", "10"}] == []
    kinds = {field.key: field.kind for field in schema.fields}
    assert kinds == {
        "3": FieldKind.EMAIL,
        "37": FieldKind.PHONE,
        "5": FieldKind.CHOICE,
        "31": FieldKind.CHOICE,
        "7": FieldKind.CHOICE,
        "8765[]": FieldKind.MULTI_CHOICE,
        "8766": FieldKind.DECIMAL,
        "8767": FieldKind.TEXT,  # its choices are not listed: ids are typed
        "8768": FieldKind.TEXT,
        "source_id": FieldKind.INTEGER,
    }
    assert schema.field("999999") is None
    assert schema.required == ("3",)


CONSENTS = (
    *("Newsletter opt-in", "SMS consent", "Marketing permission", "GDPR", "Unsubscribed on"),
    *("Consenso marketing", "Consenso al trattamento", "Iscritto alla newsletter", "Autorizzazione SMS"),
    *("Consentement SMS", "RGPD", "Abonné newsletter", "Désinscription"),
    *("Einwilligung", "Werbeeinwilligung E-Mail", "Newsletteranmeldung", "DSGVO-Zustimmung"),
    *("Consentimiento SMS", "Acepta publicidad", "Suscripción boletín", "LOPD"),
)
NO_CONSENTS = (
    *("Shoe size", "Options", "Subscriber number", "Optician", "Loyalty level", "Numero tessera"),
    *("Pointure", "Adresse de livraison", "Kundennummer", "Kontaktperson", "Talla", "Fecha de alta"),
)


def test_what_an_account_calls_a_consent_is_never_filled_unasked() -> None:
    names = (*CONSENTS, *NO_CONSENTS)
    live = AccountFields(
        (
            Field("3", "E-Mail", FieldKind.EMAIL),
            *(Field(str(7_000 + at), name) for at, name in enumerate(names)),
        )
    )
    schema = EMARSYS.schema(DEFAULTS, live)
    told = {field.label for field in schema.fields if field.meaning is Meaning.OPT_IN}
    assert told == set(CONSENTS)
    columns = [(name, ["yes", "no", "yes"]) for name in names]
    proposed = {schema.field(one.field) for one in suggest(columns, schema)}
    assert {field.label for field in proposed if field}.isdisjoint(CONSENTS)


def test_the_field_that_tells_contacts_apart_is_no_consent_whatever_its_name() -> None:
    live = AccountFields((Field("3", "E-Mail", FieldKind.EMAIL), Field("7001", "Newsletter id")))
    by_it = EMARSYS.schema(options_of(EMARSYS, key_id="7001"), live).field("7001")
    assert by_it is not None
    assert by_it.meaning is None


def test_live_choices_keep_the_words_for_what_means_the_same() -> None:
    field = EMARSYS.schema(DEFAULTS, _live()).field("5")
    assert field is not None
    assert field.meaning is Meaning.GENDER
    male, female, diverse = field.choices
    assert (male.value, male.label) == ("1", "Male")
    assert "uomo" in male.words
    assert (female.value, female.label) == ("2", "Weiblich")
    assert "donna" in female.words
    assert diverse == Choice("9", "Divers")


def test_a_choice_that_means_something_else_here_has_no_words_of_ours() -> None:
    swapped = {"5": [{"id": "1", "choice": "Company"}, {"id": "2", "choice": "Female"}]}
    field = EMARSYS.schema(DEFAULTS, _live(_ok(FIELDS), _ok(swapped))).field("5")
    assert field is not None
    assert field.choices[0] == Choice("1", "Company")


def test_children_keep_words_instead_of_bare_figures() -> None:
    field = EMARSYS.schema(DEFAULTS, _live()).field("7")
    assert field is not None
    assert [(choice.value, choice.label) for choice in field.choices] == [
        ("1", "No children"),
        ("2", "1 child"),
    ]


@pytest.mark.parametrize("status", [400, 403, 404])
def test_choices_are_asked_for_one_by_one_where_many_at_once_are_refused(status: int) -> None:
    refused = answer(status, {"replyCode": 1, "replyText": "No resource requested", "data": ""})
    one = _ok([{"id": "1", "choice": "Tea"}])
    found, asked = ask(EMARSYS.account_fields(DEFAULTS), _ok(FIELDS), refused, one)
    assert [request.path for request in asked][1:] == [
        "field/choices",
        *(f"field/{number}/choice/translate/en" for number in ("5", "7", "8765", "8767")),
    ]
    products = found.field("8765[]")
    assert products is not None
    assert products.choices == (Choice("1", "Tea"),)


def test_many_fields_with_choices_are_asked_for_in_portions() -> None:
    many = [{"id": number, "name": "x", "application_type": "singlechoice"} for number in range(1_000, 1_120)]
    _, asked = ask(EMARSYS.account_fields(DEFAULTS), _ok(many), _ok([]))
    assert [request.path for request in asked] == ["field/translate/en", *["field/choices"] * 3]
    assert dict(asked[1].query)["language"] == "en"


def _existing(data: object, *values: str, **decided: Any) -> dict[int, bool]:
    key = str(decided.get("key_id", "3"))
    batch = batch_of(*({key: value} for value in values), step="update")
    return dict(ask(EMARSYS.existing(batch, options_of(EMARSYS, **decided)), _ok(data))[0])


def test_who_exists_is_told_by_key_whatever_its_case() -> None:
    data = {
        "ids": {"IAN@example.com": "1"},
        "errors": {
            "erik@example.com": {"2008": "No contact found"},
            "twin@example.com": {"2010": "More contacts found"},
            "odd@example.com": {"2005": "Invalid"},
        },
    }
    people = (
        "ian@example.com",
        "erik@example.com",
        "twin@example.com",
        "odd@example.com",
        "lost@example.com",
    )
    assert _existing(data, *people) == {2: True, 3: False, 4: True}


@pytest.mark.parametrize("errors", [[], {}, None])
def test_no_ids_and_no_errors_come_in_several_shapes(errors: object) -> None:
    assert _existing({"ids": [], "errors": errors}, "ian@example.com") == {}
    assert _existing({"ids": {"ian@example.com": 1}, "errors": errors}, "ian@example.com") == {2: True}


def test_who_exists_is_asked_as_documented() -> None:
    batch = batch_of({"37": "+447700900110"}, {"37": ""}, {"37": "+447700900111"}, step="update")
    _, asked = ask(EMARSYS.existing(batch, options_of(EMARSYS, key_id="37")), _ok({"ids": [], "errors": []}))
    assert (asked[0].method, asked[0].path) == ("POST", "contact/checkids")
    assert body_of(asked[0]) == {
        "key_id": "37",
        "external_ids": ["+447700900110", "+447700900111"],
        "get_multiple_ids": False,
    }


def test_nobody_to_ask_about_is_not_asked_about() -> None:
    assert ask(EMARSYS.existing(batch_of({"1": "Ian"}), DEFAULTS), _ok("")) == ({}, [])


def test_a_wrong_clock_and_a_key_that_cannot_be_used_are_said_here_too() -> None:
    late = answer(401, {"replyCode": 1}, date="Thu, 01 Jan 2026 12:17:00 GMT")
    with pytest.raises(AccountProblem, match="clock"):
        ask(EMARSYS.choices("list_id", DEFAULTS), late)
    refused = answer(400, {"replyCode": 2015, "replyText": "No index on column: 7", "data": ""})
    with pytest.raises(Problem, match="identify"):
        ask(EMARSYS.existing(batch_of({"3": "ian@example.com"}), DEFAULTS), refused)
    with pytest.raises(NetworkProblem):
        ask(EMARSYS.choices("list_id", DEFAULTS), Response(503))
