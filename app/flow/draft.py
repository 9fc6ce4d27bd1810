"""The draft of an import: everything decided so far, frozen, going one way.

Changing an early answer drops what was derived from it, so that nothing stale survives a step back. Holds no
secret and no contact: those are in the keyring and in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.fields import FieldKind, Meaning
from app.contacts.mapping import ColumnMapping
from app.contacts.rules import NO_RULES, Rules
from app.contacts.sources import Source
from app.flow.decisions import Decisions
from app.providers.known import NAMES, provider_named
from app.providers.options import Options, Place
from app.table.notes import NO_NOTES, SheetNotes
from app.table.shape import ReadingChoice, Row, TableShape

if TYPE_CHECKING:
    # Cleaning, the ledger and the providers take their time to import, and a window starts without.
    from app.contacts.exclusions import Exclusions
    from app.contacts.fields import ContactSchema
    from app.ledger.contacts import CheckedTotals
    from app.providers.account_fields import AccountFields
    from app.providers.contract import OptionFault, Provider
    from app.table.notices import Notice


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read into a ledger: `read` rows, `blank` ones among them. `first` are the first rows
    that are not blank, `spread` some more at even distances. `choice` is how it was to be read, `stamp` its
    size and time of change (None: not known)."""

    shape: TableShape
    ledger: Path
    read: int
    blank: int
    first: tuple[Row, ...]
    notes: SheetNotes = NO_NOTES
    spread: tuple[Row, ...] = ()
    choice: ReadingChoice = field(default_factory=ReadingChoice)
    stamp: tuple[int, int] | None = None

    @property
    def looked_at(self) -> tuple[Row, ...]:
        """The rows that speak for the whole list: each once, in its order."""
        last = self.first[-1].number if self.first else 0
        return (*self.first, *(row for row in self.spread if row.number > last))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What there is to know about the list, in the user's language."""
        from app.table.notices import notices_of

        taken = self.read - self.blank
        return notices_of(self.notes, taken, self.shape.group_row, self.choice.join_headers)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.shape.columns)


@dataclass(frozen=True, slots=True)
class Destination:
    """Which account: practice, or a stored one by its id.

    `server` and `token_server` are addresses typed by the user, empty for the provider's own.
    """

    practice: bool = True
    account: str = ""
    server: str = ""
    token_server: str = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """The columns that a remembered recipe brought, its name and since when it is kept (seconds since 1970);
    `learned` where it was not saved by hand."""

    mapping: ColumnMapping
    name: str
    at: float
    learned: bool

    def explains(self, field: str, source: Source | None) -> bool:
        """Whether a field is filled from `source` because it was so before."""
        return source is not None and self.mapping.source_of(field) == source


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What was decided so far. `options` holds every provider's answers, so that switching loses none."""

    provider_name: str
    file: ReadFile | None = None
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    default_country: str = ""
    destination: Destination = Destination()
    options_by_provider: Mapping[str, Options] = field(default_factory=dict)
    checked: CheckedTotals | None = None
    duplicates: DuplicatePolicy = DuplicatePolicy.KEEP_FIRST
    exclusions: Exclusions | None = None
    consent_confirmed: bool = False
    account_fields: AccountFields | None = None
    rules: Rules = NO_RULES
    recalled: Recalled | None = None

    @property
    def provider(self) -> Provider:
        found = provider_named(self.provider_name)
        if found is None:
            raise LookupError(self.provider_name)
        return found

    @property
    def options(self) -> Options:
        """The chosen provider's options: what was decided, over the defaults."""
        decided = self.options_by_provider.get(self.provider_name, Options())
        return Options({**self.provider.default_options(), **decided})

    @property
    def schema(self) -> ContactSchema:
        """The provider's fields; those the account really has, where they were read."""
        return self.provider.schema(self.options, self.account_fields)

    @property
    def missing_fields(self) -> tuple[tuple[str, ...], ...]:
        """What no column fills: each a group of field keys of which one is needed."""
        mapped = {one.field for one in self.mapping.assignments}
        groups = [(key,) for key in self.schema.required] + list(self.schema.one_of)
        return tuple(group for group in groups if not mapped.intersection(group))

    @property
    def consent_fields(self) -> tuple[str, ...]:
        """The mapped fields that say who agreed to what: they are sent only if `consent_confirmed`."""
        schema = self.schema
        mapped = [(one.field, schema.field(one.field)) for one in self.mapping.assignments]
        return tuple(key for key, field in mapped if field and field.meaning is Meaning.OPT_IN)

    def clearable(self, mapping: ColumnMapping) -> frozenset[str]:
        """The fields of a mapping that an empty cell may clear: not those that everybody needs."""
        schema = self.schema
        needed = {*schema.required, *schema.keys, *(key for group in schema.one_of for key in group)}
        fields = (schema.field(one.field) for one in mapping.assignments)
        return frozenset(one.key for one in fields if one and one.clearable) - needed

    @property
    def cleared_fields(self) -> tuple[str, ...]:
        """The mapped fields that an empty cell clears; in all others it says nothing."""
        clearable = self.clearable(self.mapping)
        return tuple(key for key in self.mapping.clearing if key in clearable)

    @property
    def sent_mapping(self) -> ColumnMapping:
        """The mapping without what may not be sent: who agreed to what, unless that was confirmed."""
        held_back = () if self.consent_confirmed else self.consent_fields
        mapping = replace(self.mapping, clearing=self.cleared_fields)
        kept = [one.field for one in mapping.assignments if one.field not in held_back]
        return mapping.only(kept) if held_back else mapping

    @property
    def option_faults(self) -> tuple[OptionFault, ...]:
        return self.provider.faults(self.options)

    def with_file(self, file: ReadFile | None) -> ImportDraft:
        """Another file: its columns are not yet matched, its contacts not yet checked."""
        return replace(
            self,
            file=file,
            mapping=ColumnMapping(),
            checked=None,
            consent_confirmed=False,
            rules=NO_RULES,
            recalled=None,
        )

    def with_mapping(self, mapping: ColumnMapping) -> ImportDraft:
        """Another mapping. What was confirmed about consent was about the same consent fields."""
        if mapping == self.mapping:
            return self
        changed = replace(self, mapping=mapping, checked=None)
        same = set(changed.consent_fields) <= set(self.consent_fields)
        return replace(changed, consent_confirmed=self.consent_confirmed and same)

    def with_consent(self, confirmed: bool) -> ImportDraft:
        """Whether the mapped consent fields are really to be sent: until then nobody looks at them."""
        same = confirmed == self.consent_confirmed or not self.consent_fields
        return replace(self, consent_confirmed=confirmed, checked=self.checked if same else None)

    def with_duplicates(self, policy: DuplicatePolicy) -> ImportDraft:
        """Which row of the same person is sent."""
        return self if policy is self.duplicates else replace(self, duplicates=policy, checked=None)

    def with_exclusions(self, exclusions: Exclusions | None) -> ImportDraft:
        """Who is left out, whatever the file says."""
        return self if exclusions == self.exclusions else replace(self, exclusions=exclusions, checked=None)

    def with_country(self, country: str) -> ImportDraft:
        """Another default country (ISO 3166 alpha-2) for phone numbers without one."""
        return (
            self if country == self.default_country else replace(self, default_country=country, checked=None)
        )

    @property
    def decisions(self) -> Decisions:
        return Decisions(self.default_country, self.duplicates, self.rules)

    def with_decisions(self, decisions: Decisions) -> ImportDraft:
        """The draft with everything decided so."""
        draft = self.with_country(decisions.default_country).with_duplicates(decisions.duplicates)
        return draft.with_rules(decisions.rules)

    def with_rules(self, rules: Rules) -> ImportDraft:
        """Other rules for cleaning."""
        return self if rules == self.rules else replace(self, rules=rules, checked=None)

    def with_provider(self, name: str) -> ImportDraft:
        """Another provider; columns stay matched where a field means the same there."""
        if name == self.provider_name:
            return self
        moved = replace(
            self,
            provider_name=name,
            checked=None,
            destination=Destination(),
            consent_confirmed=False,
            account_fields=None,
            recalled=None,
        )
        mapping = translated(self.mapping, self.schema, moved.schema)
        return replace(moved, mapping=mapping, rules=_rules_for(self, moved))

    def with_options(self, options: Options) -> ImportDraft:
        """Other options. Columns of fields that are not there under these options are let go."""
        if options == self.options:
            return self
        changed = replace(
            self, options_by_provider={**self.options_by_provider, self.provider_name: options}, checked=None
        )
        return changed._with_known_fields()

    def with_sign_in(self, decided: Mapping[str, str]) -> ImportDraft:
        """The options that say how an account signs in, as the account has them."""
        known = {option.key: option for option in self.provider.options if option.place is Place.ACCOUNT}
        sound = {key: value for key, value in decided.items() if key in known and known[key].accepts(value)}
        return self.with_options(Options({**self.options, **sound}))

    def with_destination(self, destination: Destination) -> ImportDraft:
        """Another account; what was checked stays true, unless it was checked by the old account's fields."""
        moved = replace(self, destination=destination)
        same = (destination.practice, destination.account) == (
            self.destination.practice,
            self.destination.account,
        )
        return moved if same else moved.with_account_fields(None)

    def with_account_fields(self, fields: AccountFields | None) -> ImportDraft:
        """The fields the account really has. Columns of fields that it has not are let go."""
        if fields == self.account_fields:
            return self
        return replace(self, account_fields=fields, checked=None)._with_known_fields()

    def with_checked(self, totals: CheckedTotals) -> ImportDraft:
        return replace(self, checked=totals)

    def _with_known_fields(self) -> ImportDraft:
        schema = self.schema
        kept = [one.field for one in self.mapping.assignments if schema.field(one.field) is not None]
        return replace(self, mapping=self.mapping.only(kept))


def new_draft(provider_name: str = "", default_country: str = "") -> ImportDraft:
    """An empty draft; the first known provider if that name is not known."""
    name = provider_name if provider_name in NAMES else NAMES[0]
    return ImportDraft(name, default_country=default_country)


def translated(mapping: ColumnMapping, old: ContactSchema, new: ContactSchema) -> ColumnMapping:
    """The mapping in the words of another schema, field by field of the same meaning."""
    result = ColumnMapping(phone_country=mapping.phone_country)
    for one in mapping.assignments:
        field = old.field(one.field)
        same = next((f for f in new.fields if field and f.meaning and f.meaning is field.meaning), None)
        if same is not None and result.source_of(same.key) is None:
            result = result.with_source(same.key, one.reads)
            result = result.with_clearing(same.key, same.clearable and one.field in mapping.clearing)
    return result


def _rules_for(old: ImportDraft, new: ImportDraft) -> Rules:
    """The rules in the words of another provider's fields; its choices are others, so words are let go."""
    rules = NO_RULES
    for key, rule in old.rules.by_field:
        field = old.schema.field(key)
        same = next(
            (f for f in new.schema.fields if field and f.meaning and f.meaning is field.meaning), None
        )
        if same is not None:
            kept = rule if same.kind is FieldKind.EMAIL else replace(rule, words=())
            rules = rules.with_rule(same.key, kept)
    return rules


__all__ = ["Destination", "ImportDraft", "ReadFile", "ReadingChoice", "new_draft", "translated"]
