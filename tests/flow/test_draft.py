"""The draft goes one way: changing an early answer drops what was derived from it."""

from __future__ import annotations

from app.contacts.fields import Field, FieldKind
from app.contacts.mapping import Assignment, ColumnMapping
from app.flow.draft import Destination, ImportDraft, new_draft
from app.ledger.contacts import CheckedTotals
from app.providers.account_fields import AccountFields
from app.providers.known import PROVIDERS
from app.providers.options import Options
from tests.flow.scene import read_file_with

CHECKED = CheckedTotals(1, 0, 0, 0, 1, {})


def ready() -> ImportDraft:
    draft = new_draft("smsend", "IT").with_file(read_file_with("Mail", "Cell", "Name"))
    mapping = ColumnMapping((Assignment("email", 0), Assignment("phoneNumber", 1)))
    return draft.with_mapping(mapping).with_checked(CHECKED)


def test_another_file_forgets_columns_and_checks() -> None:
    draft = ready().with_file(read_file_with("A"))
    assert (draft.mapping, draft.checked) == (ColumnMapping(), None)


def test_another_mapping_or_country_or_option_has_to_be_checked_again() -> None:
    assert ready().with_mapping(ColumnMapping()).checked is None
    assert ready().with_country("DE").checked is None
    assert ready().with_options(ready().options.with_value("updateExistingContact", False)).checked is None


def test_the_same_answer_again_changes_nothing() -> None:
    draft = ready()
    assert draft.with_mapping(draft.mapping) is draft
    assert draft.with_country("IT") is draft
    assert draft.with_options(draft.options) is draft
    assert draft.with_provider("smsend") is draft


def test_another_account_needs_no_new_check() -> None:
    assert ready().with_destination(Destination(practice=False, account="a")).checked == CHECKED


def test_another_provider_keeps_columns_where_a_field_means_the_same() -> None:
    draft = ready().with_provider("emarsys")
    assert draft.mapping.position_of("3") == 0
    assert draft.mapping.position_of("37") == 1
    assert draft.checked is None


def test_switching_provider_and_back_loses_no_option() -> None:
    draft = ready().with_options(ready().options.with_value("groupIds", ("a",)))
    assert draft.with_provider("sociocs").with_provider("smsend").options["groupIds"] == ("a",)


def test_what_is_missing_is_named_by_groups() -> None:
    draft = new_draft("smsend").with_file(read_file_with("A"))
    assert draft.missing_fields == (("email", "phoneNumber"),)
    assert ready().missing_fields == ()


def test_every_provider_has_defaults_its_own_options_accept() -> None:
    for provider in PROVIDERS:
        draft = new_draft(provider.name)
        assert draft.options == provider.default_options()
        assert isinstance(draft.options, Options)


def test_the_accounts_own_fields_decide_until_another_account_is_chosen() -> None:
    own = AccountFields((Field("3", "E-Mail", FieldKind.EMAIL), Field("8765", "Shoe size")))
    draft = ready().with_provider("emarsys").with_account_fields(own)
    assert draft.schema.field("8765") is not None
    assert draft.mapping.position_of("3") == 0
    assert draft.mapping.position_of("37") is None  # this account has no such field
    other = draft.with_destination(Destination(practice=False, account="b"))
    assert (other.account_fields, other.checked) == (None, None)
