"""map_columns: the page where each field of the provider gets a column of the file.

Guessing is flow's; this page shows the guess with its reason, and takes the user's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from app.contacts.column_conventions import country_column
from app.contacts.mapping import Assignment, ColumnMapping
from app.flow.draft import ImportDraft, ReadFile
from app.flow.matching import looks_of, with_suggested_mapping
from app.flow.remembered import remembered_recipes
from app.language import in_parts, listed, tr, trn
from app.providers.account_fields import AccountFields
from app.providers.known import PROVIDERS
from app.ui.job import in_turn
from app.ui.pages.checking_numbers import CheckingNumbers
from app.ui.pages.own_fields import OwnFields
from app.ui.pages.page import DraftPage
from app.ui.recipe_bar import RecipeBar
from app.ui.session import Session
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.consent_box import ConsentBox
from app.ui.widgets.country_combo import CountryCombo
from app.ui.widgets.field_list import FieldList
from app.ui.widgets.field_row import NOTHING, OTHERWISE, ColumnSight
from app.ui.widgets.flow import Flow
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight, beside_label
from app.ui.widgets.scrolling import ScrollArea
from app.ui.widgets.source_dialog import SourceDialog, way_of
from app.wording import either

_MOST_NAMED = 12
_APART = 24  # pixels between two choices


class MapColumnsPage(DraftPage):
    """Complete once any column is matched; what is still needed is said here and insisted on later, because
    the options of the next page may change it."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Match your columns"),
            tr("Choose which column of your file fills each field. What we are sure of is filled in."),
        )
        self.provider: ValueCombo[str] = ValueCombo()
        self.provider.fill([(one.title, one.name) for one in PROVIDERS], self.draft.provider_name)
        self.country = CountryCombo("")
        self.row_country: ValueCombo[int] = ValueCombo(tr("Country of each row's phone numbers"))
        self.coverage = Label()
        self.missing = Label("", Weight.STRONG)
        self.unused = Label("", Weight.SMALL)
        # From top to bottom: Tab goes in the order in which they came to the page.
        whose = beside_label(tr("These contacts are for"), self.provider, self.inside)
        self.recipe = RecipeBar(session, self.inside)
        usual = beside_label(tr("Usual country of phone numbers"), self.country, self.inside)
        of_rows = beside_label(tr("Country of each row"), self.row_country, self.inside)
        self.own_fields = OwnFields(session, self.inside)
        self._pinned = ScrollArea(self.inside)  # the fields alone, under what holds for all of them
        self.fields = FieldList(self._pinned.holder)
        self._pinned.hold(self.fields)
        self.consent = ConsentBox(self.inside)
        self.fields.following = (self.consent.check,)
        self.numbers = CheckingNumbers(session, self)
        self.dialog: SourceDialog | None = None
        self._left = False  # forwards, once
        self._shown: ImportDraft | None = None
        self._lay((whose, self.recipe), (usual, of_rows))
        self._connect()

    def _connect(self) -> None:
        self.provider.activated.connect(self._choose_provider)
        self.country.activated.connect(self._choose_country)
        self.fields.chosen.connect(self._map)
        self.row_country.activated.connect(self._choose_row_country)
        self.fields.added.connect(self._add)
        self.fields.clearing.connect(
            lambda key, on: self._give_mapping(self.draft.mapping.with_clearing(key, on))
        )
        self.recipe.decided.connect(self._take_draft)
        self.recipe.problem.connect(self.show_problem)
        self.recipe.saving.saved.connect(lambda _: self.bring_into_sight(self.recipe.words))
        self.fields.check_asked.connect(lambda key: self.numbers.check(self.fields.made[key]))
        self.own_fields.fetched.connect(self._take_fields)
        self.consent.decided.connect(lambda sent: self.give(self.draft.with_consent(sent)))
        for asking in (self.own_fields, self.numbers):
            asking.problem.connect(self.show_problem)
            asking.crashed.connect(self.crashed)

    def show_narrow(self, narrow: bool) -> None:
        self._pinned.setVisible(not narrow)
        self.fields.show_narrow(narrow)
        if narrow:
            self.content.insertWidget(self.content.indexOf(self._pinned), self.fields, stretch=1)
        else:
            self._pinned.hold(self.fields)

    def make_ahead(self) -> Iterator[None]:
        if self.session.file is not None:
            self._show_draft()
            yield

    def enter(self) -> None:
        self.numbers.forget()
        self.own_fields.show_draft()
        self.recipe.show_draft()
        if self._shown is not self.draft:
            self._show_draft()
        if self._left:  # the next page says what is missing, and sends the user back for it
            self._go_to_missing()

    def part(self) -> Callable[[], None]:
        return in_turn((self.own_fields.part(), self.numbers.part()))

    def validatePage(self) -> bool:
        self.own_fields.forget()
        self.numbers.forget()
        self._left = True
        return self.isComplete()

    def isComplete(self) -> bool:
        return bool(self.draft.mapping.assignments)

    def _choose_provider(self) -> None:
        name = self.provider.value
        if name is not None:
            self.own_fields.forget()
            self.show_problem(None)
            self.session.prefer(replace(self.session.preferences, last_provider=name))
            kept, _ = remembered_recipes(self.session.parts.folders)
            self.give(with_suggested_mapping(self.draft.with_provider(name), kept))
            self.enter()

    def _go_to_missing(self) -> None:
        """Bring the keyboard, and what is seen, to the first field that is still needed."""
        row = next((self.fields.rows.get(key) for group in self.draft.missing_fields for key in group), None)
        if row is not None:
            row.combo.setFocus()

    def _choose_country(self) -> None:
        country = self.country.value or ""
        self.session.prefer(replace(self.session.preferences, default_country=country))
        self.give(self.draft.with_country(country))

    def _choose_row_country(self) -> None:
        position = self.row_country.value
        chosen = None if position is None or position == NOTHING else position
        self._give_mapping(replace(self.draft.mapping, phone_country=chosen))

    def _take_draft(self, draft: ImportDraft) -> None:
        self.own_fields.forget()
        self.show_problem(None)
        self.give(draft)
        self.enter()

    def _map(self, key: str, position: int) -> None:
        if position == OTHERWISE:
            self._ask_for_source(key)
            return
        self._give_mapping(self.draft.mapping.with_field(key, None if position == NOTHING else position))

    def _add(self, assignments: tuple[Assignment, ...]) -> None:
        mapping = self.draft.mapping
        for one in assignments:
            mapping = mapping.with_source(one.field, one.reads)
        self._give_mapping(mapping)

    def _ask_for_source(self, key: str) -> None:
        file = self.draft.file
        source = self.draft.mapping.source_of(key) or self.fields.part_of_whole_name(key)
        if file is None:
            return
        label = self.fields.made[key].label
        self.dialog = SourceDialog(label, file, source, way_of(source), self.window())
        self.dialog.finished.connect(lambda result: self._take_source(key, result))
        self.dialog.open()

    def _take_source(self, key: str, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        if result == QDialog.DialogCode.Accepted and dialog.source is not None:
            self._give_mapping(self.draft.mapping.with_source(key, dialog.source))
        dialog.deleteLater()

    def _take_fields(self, fields: AccountFields) -> None:
        self.give(with_suggested_mapping(self.draft.with_account_fields(fields)))
        self.enter()

    def _give_mapping(self, mapping: ColumnMapping) -> None:
        self.numbers.forget()
        self.give(self.draft.with_mapping(mapping))
        self._show_mapping()

    def _show_draft(self) -> None:
        self.provider.choose(self.draft.provider_name)
        self.country.choose(self.draft.default_country)
        self._show_mapping()

    def _show_mapping(self) -> None:
        self._shown = draft = self.draft
        self.fields.show_draft(draft, _columns(draft.file))
        self.coverage.setText(_coverage(draft))
        missing = missing_words(draft)
        self.missing.setText(
            tr("Still needed: {fields}", fields=missing) if missing else tr("Everything needed is matched.")
        )
        self.missing.set_tone(Tone.WARNING if missing else Tone.GOOD)
        self.consent.show_draft(draft)
        self.recipe.show_draft()
        self._show_row_country()
        unused = _unused(draft)
        self.unused.setText(tr("Not used: {columns}", columns=unused))
        self.unused.setVisible(bool(unused))
        self.complete_changed.emit()

    def _show_row_country(self) -> None:
        """Which column says what country a row's numbers are of; that of a country field does by itself."""
        draft = self.draft
        own = country_column(draft.schema, replace(draft.mapping, phone_country=None))
        columns = draft.file.shape.columns if draft.file else ()
        names = {one.position: one.name for one in columns}
        usual = tr("As in “{header}”", header=names[own]) if own in names else tr("The usual one")
        entries = [
            (usual, NOTHING),
            *((tr("As in “{header}”", header=name), at) for at, name in names.items()),
        ]
        at = draft.mapping.phone_country
        self.row_country.fill(entries, NOTHING if at is None else at)

    def _lay(self, *rows: Iterable[QWidget]) -> None:
        state = QHBoxLayout()
        state.setSpacing(16)
        state.addWidget(self.missing, stretch=1)
        state.addWidget(self.coverage, alignment=Qt.AlignmentFlag.AlignRight)
        self.coverage.setWordWrap(False)
        self.content.setSpacing(12)
        for row in rows:
            flow = Flow(_APART)
            for widget in row:
                flow.addWidget(widget)
            self.content.addLayout(flow)
        self.content.addWidget(self.own_fields)
        self.content.addLayout(state)
        self.content.addWidget(self.recipe.words)
        self.content.addWidget(self._pinned, stretch=1)
        self.content.addWidget(self.consent)
        self.content.addWidget(self.unused)


def missing_words(draft: ImportDraft) -> str:
    """The needed fields that no column fills: "E-mail; First name or Last name"; "" if there are none."""
    groups = [either(group, draft.schema) for group in draft.missing_fields]
    return in_parts(groups)


def _columns(file: ReadFile | None) -> tuple[ColumnSight, ...]:
    if file is None:
        return ()
    sampled = len(file.first) < file.read - file.blank
    return tuple(
        ColumnSight(column.position, column.name, texts, filled, sampled)
        for column, (texts, filled) in zip(file.shape.columns, looks_of(file), strict=True)
    )


def _coverage(draft: ImportDraft) -> str:
    used = {at for one in draft.mapping.assignments for at in one.positions}
    total = len(draft.file.headers) if draft.file else 0
    return trn("{used} of {count} column used", "{used} of {count} columns used", total, used=len(used))


def _unused(draft: ImportDraft) -> str:
    used = {at for one in draft.mapping.assignments for at in one.positions}
    columns = draft.file.shape.columns if draft.file else ()
    names = [" ".join(one.name.split()) for one in columns if one.position not in used]
    # A last name alone takes no more room than saying that there is one more.
    named = names if len(names) <= _MOST_NAMED + 1 else names[:_MOST_NAMED]
    more = len(names) - len(named)
    words = listed(named)
    return trn("{named} and {count} more", "{named} and {count} more", more, named=words) if more else words
