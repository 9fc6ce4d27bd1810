"""The sentence for every enum a person meets: findings, statuses, outcomes, reasons of a suggestion.

Looks each up when it is shown, in the language of that moment; refuses to know why anything was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.contacts.contact import UNUSABLE, Finding, FindingKind, Level, Status
from app.contacts.fields import ContactSchema
from app.contacts.matching import MatchReason, Suggestion
from app.language import listed, mark, percent, tr, trn
from app.providers.verdicts import OutcomeKind

_BETWEEN_VALUES = "   \u00b7   "

LabelOf = Callable[[str], str]
"""Gives the label of a field key, ready to be shown."""

MeaningOf = Callable[[str, str], str]
"""Gives what a value of a field stands for, ready to be shown; empty where the value says it itself."""

# What was found in one contact. Places: {field} labels, {before} and {after} texts, {limit} a number or row.
FINDING_SENTENCES: Mapping[FindingKind, str] = {
    FindingKind.SPACES_REMOVED: mark("{field}: extra spaces were removed."),
    FindingKind.PHONE_FORMATTED: mark("{field}: written as {after}."),
    FindingKind.PHONE_COUNTRY_ADDED: mark("{field}: had no country code; read as {after}."),
    FindingKind.PHONE_INVALID: mark("{field}: “{before}” is not a phone number that can exist."),
    FindingKind.PHONE_DIGITS_LOST: mark(
        "{field}: Excel shortened this number to “{before}” and the digits are lost. Type it again there."
    ),
    FindingKind.PHONE_TWO_NUMBERS: mark(
        "{field}: the cell holds two numbers. {after} is used, “{before}” is not."
    ),
    FindingKind.PHONE_NO_COUNTRY: mark(
        "{field}: “{before}” has no country code. Choose the country of your numbers."
    ),
    FindingKind.PHONE_COUNTRY_UNKNOWN: mark(
        "{field}: “{before}” has no country code, and “{after}”, the country of its row, is not understood. "
        "Write that country in another way."
    ),
    FindingKind.PHONE_LANDLINE: mark("{field}: {after} is a landline. Text messages don't reach it."),
    FindingKind.PHONE_SPECIAL: mark(
        "{field}: {after} is a special number (premium rate, free or internet), not a mobile one."
    ),
    FindingKind.PHONE_ZERO_LOST: mark(
        "{field}: “{before}” can't exist, but {after} can: Excel may have taken away the 0 in front."
    ),
    FindingKind.PHONE_ZERO_ADDED: mark("{field}: the 0 that was missing in “{before}” was added: {after}."),
    FindingKind.EMAIL_INVALID: mark("{field}: “{before}” is not an e-mail address."),
    FindingKind.EMAIL_LOWERED: mark("{field}: written as {after}."),
    FindingKind.EMAIL_TYPO: mark(
        "{field}: {before} may be mistyped. Was {after} meant? It was not corrected."
    ),
    FindingKind.EMAIL_CORRECTED: mark("{field}: {before} was corrected to {after}."),
    FindingKind.EMAIL_TIDIED: mark("{field}: only the address {after} was kept."),
    FindingKind.EMAIL_TWO_ADDRESSES: mark(
        "{field}: the cell holds more than one address. {after} is used, {before} is not."
    ),
    FindingKind.DATE_FORMATTED: mark("{field}: “{before}” was read as {after}."),
    FindingKind.DATE_AMBIGUOUS: mark("{field}: “{before}” could be two dates. It was read as {after}."),
    FindingKind.DATE_INVALID: mark("{field}: “{before}” is not a date."),
    FindingKind.BIRTH_TO_COME: mark("{field}: {after} is still to come. Please check."),
    FindingKind.BIRTH_LONG_AGO: mark("{field}: {after} is more than {limit} years ago. Please check."),
    FindingKind.INTEGER_INVALID: mark("{field}: “{before}” is not a whole number."),
    FindingKind.NUMBER_FORMATTED: mark("{field}: written as {after}."),
    FindingKind.NUMBER_DOUBTFUL: mark(
        "{field}: “{before}” could mean two numbers; read as {after}. Please check."
    ),
    FindingKind.NUMBER_INVALID: mark("{field}: “{before}” is not a number."),
    FindingKind.CHOICE_TRANSLATED: mark("{field}: “{before}” is sent as “{after}”."),
    FindingKind.CHOICE_UNKNOWN: mark("{field}: “{before}” is not one of the possible values."),
    FindingKind.CHOICE_AMBIGUOUS: mark(
        "{field}: “{before}” is the name of one possible value and the number of another. Please decide."
    ),
    FindingKind.GENDER_LETTER_READ: mark(
        "{field}: beside H (hombre), “{before}” means a woman (mujer), and is sent as “{after}”."
    ),
    FindingKind.GENDER_LETTER_UNSURE: mark(
        "{field}: “{before}” can mean a man, or a woman (mujer, in Spanish lists). Please decide."
    ),
    FindingKind.CHOICE_LEFT_EMPTY: mark("{field}: “{before}” is left empty, as you decided."),
    FindingKind.LETTERS_CHANGED: mark("{field}: “{before}” is written “{after}”."),
    FindingKind.TOO_LONG: mark("{field}: the text is too long; {limit} characters is the most."),
    FindingKind.TEXT_CUT: mark("{field}: the text was cut to {limit} characters, as you decided."),
    FindingKind.CELL_ERROR: mark(
        "{field}: the cell holds the spreadsheet error {before} and counts as blank."
    ),
    FindingKind.REQUIRED_MISSING: mark("{field} is missing."),
    FindingKind.ONE_OF_MISSING: mark("{field} is needed."),
    FindingKind.DUPLICATE: mark("The same person as in row {limit}."),
    FindingKind.SAME_KEY_AS: mark("{field}: {before} also stands in row {limit}, with other details."),
    FindingKind.FILLED_FROM: mark("{field}: was blank; {after} was taken from row {limit}."),
    FindingKind.DO_NOT_CONTACT: mark("{field}: {before} is on your do-not-contact list."),
    FindingKind.PUT_ASIDE: mark("You left this row out."),
    FindingKind.PROVIDER_LIMIT: mark("{field}: “{before}” is not accepted by the provider."),
}

# The same kinds as headings above many contacts.
_FINDING_KINDS: Mapping[FindingKind, str] = {
    FindingKind.SPACES_REMOVED: mark("Extra spaces removed"),
    FindingKind.PHONE_FORMATTED: mark("Phone numbers written the international way"),
    FindingKind.PHONE_COUNTRY_ADDED: mark("Phone numbers without a country code"),
    FindingKind.PHONE_INVALID: mark("Phone numbers that can't exist"),
    FindingKind.PHONE_DIGITS_LOST: mark("Phone numbers whose digits Excel has lost"),
    FindingKind.PHONE_TWO_NUMBERS: mark("Two phone numbers in one cell"),
    FindingKind.PHONE_NO_COUNTRY: mark("Phone numbers of an unknown country"),
    FindingKind.PHONE_COUNTRY_UNKNOWN: mark("Phone numbers in rows whose country is not understood"),
    FindingKind.PHONE_LANDLINE: mark("Landlines where a mobile number is expected"),
    FindingKind.PHONE_SPECIAL: mark("Special numbers (premium rate, free, internet)"),
    FindingKind.PHONE_ZERO_LOST: mark("Phone numbers that seem to have lost their 0"),
    FindingKind.PHONE_ZERO_ADDED: mark("Phone numbers that got their 0 back"),
    FindingKind.EMAIL_INVALID: mark("E-mail addresses that are not valid"),
    FindingKind.EMAIL_LOWERED: mark("E-mail addresses put in small letters"),
    FindingKind.EMAIL_TYPO: mark("E-mail addresses that may be mistyped"),
    FindingKind.EMAIL_CORRECTED: mark("E-mail addresses corrected as you decided"),
    FindingKind.EMAIL_TIDIED: mark("E-mail addresses taken out of longer texts"),
    FindingKind.EMAIL_TWO_ADDRESSES: mark("More than one e-mail address in a cell"),
    FindingKind.DATE_FORMATTED: mark("Dates written the international way"),
    FindingKind.DATE_AMBIGUOUS: mark("Dates that could be read in two ways"),
    FindingKind.DATE_INVALID: mark("Dates that can't be read"),
    FindingKind.BIRTH_TO_COME: mark("Dates of birth that are still to come"),
    FindingKind.BIRTH_LONG_AGO: mark("Dates of birth too long ago"),
    FindingKind.INTEGER_INVALID: mark("Texts where a whole number is expected"),
    FindingKind.NUMBER_FORMATTED: mark("Numbers written with a decimal point"),
    FindingKind.NUMBER_DOUBTFUL: mark("Numbers that could be read in two ways"),
    FindingKind.NUMBER_INVALID: mark("Texts where a number is expected"),
    FindingKind.CHOICE_TRANSLATED: mark("Words turned into the provider's values"),
    FindingKind.CHOICE_UNKNOWN: mark("Words that are none of the possible values"),
    FindingKind.CHOICE_AMBIGUOUS: mark("Words that could mean two of the possible values"),
    FindingKind.GENDER_LETTER_READ: mark("“M” read as a woman (H and M, as in Spanish lists)"),
    FindingKind.GENDER_LETTER_UNSURE: mark("“M” that could mean a man or a woman"),
    FindingKind.CHOICE_LEFT_EMPTY: mark("Words left empty as you decided"),
    FindingKind.LETTERS_CHANGED: mark("Capitals and small letters changed"),
    FindingKind.TEXT_CUT: mark("Texts cut as you decided"),
    FindingKind.TOO_LONG: mark("Texts that are too long"),
    FindingKind.CELL_ERROR: mark("Spreadsheet errors in cells"),
    FindingKind.REQUIRED_MISSING: mark("Something required is missing"),
    FindingKind.ONE_OF_MISSING: mark("Nothing to reach the person by"),
    FindingKind.DUPLICATE: mark("The same person twice"),
    FindingKind.SAME_KEY_AS: mark("Details shared with another row"),
    FindingKind.FILLED_FROM: mark("Blanks filled from another row of the same person"),
    FindingKind.DO_NOT_CONTACT: mark("On the do-not-contact list"),
    FindingKind.PUT_ASIDE: mark("Left out by you"),
    FindingKind.PROVIDER_LIMIT: mark("Not accepted by the provider"),
}

_STATUSES: Mapping[Status, str] = {
    Status.BLANK: mark("Blank"),
    Status.LEFT_OUT: mark("Left out"),
    Status.DUPLICATE: mark("Duplicate"),
    Status.TO_SEND: mark("To send"),
}

_OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.CREATED: mark("Created"),
    OutcomeKind.UPDATED: mark("Updated"),
    OutcomeKind.ACCEPTED: mark("Accepted"),
    OutcomeKind.REFUSED: mark("Refused"),
    OutcomeKind.UNSURE: mark("Unsure"),
    OutcomeKind.NOT_SENT: mark("Not sent"),
}

# Why a column is proposed. Places: {detail} the header or label recognised, {share} a percentage.
_REASONS: Mapping[MatchReason, str] = {
    MatchReason.KEY: mark("The column is named exactly like this field."),
    MatchReason.LABEL: mark("The column is named like this field."),
    MatchReason.SYNONYM: mark("“{detail}” is a usual name for this."),
    MatchReason.WORDS: mark("The column's name contains “{detail}”."),
    MatchReason.NEIGHBOURS: mark("The other columns and the values show what “{detail}” means here."),
    MatchReason.WHOLE_NAME: mark("It holds whole names, of which a part can be taken."),
    MatchReason.SPELLING: mark("The column's name is almost “{detail}”."),
    MatchReason.CONTENT: mark("{share} of its values look right for this."),
    MatchReason.FREE: mark("Nothing else uses this column; it can be kept under its own name."),
}
_NOT_SURE: Mapping[MatchReason, str] = {
    MatchReason.KEY: mark("The column is named like this field, but its values raise doubts. Please check."),
    MatchReason.LABEL: mark(
        "The column is named like this field, but its values raise doubts. Please check."
    ),
    MatchReason.SYNONYM: mark(
        "“{detail}” is a usual name for this, but it is not certain here. Please check."
    ),
    MatchReason.WORDS: mark(
        "The column's name contains “{detail}”, but it is not certain here. Please check."
    ),
    MatchReason.NEIGHBOURS: mark("“{detail}” can mean different things. Please check."),
    MatchReason.WHOLE_NAME: mark(
        "It holds whole names: take a part of them with “Combine columns, or fill it otherwise”."
    ),
    MatchReason.SPELLING: mark("The column's name is almost “{detail}”. Please check."),
    MatchReason.CONTENT: mark("{share} of its values look right for this. Please check."),
    MatchReason.FREE: _REASONS[MatchReason.FREE],
}


def finding_sentence(finding: Finding, label_of: LabelOf, meaning_of: MeaningOf | None = None) -> str:
    """What was found, as a sentence."""
    if finding.kind is FindingKind.CHOICE_TRANSLATED and meaning_of is not None:
        meaning = meaning_of(finding.field, finding.after)
        if meaning:
            return tr(
                "{field}: “{before}” is sent as “{after}”, which stands for “{meaning}”.",
                field=label_of(finding.field),
                before=finding.before,
                after=finding.after,
                meaning=meaning,
            )
    # Only these two name several fields; a free field's key may itself hold a comma.
    several = finding.kind in (FindingKind.ONE_OF_MISSING, FindingKind.DUPLICATE)
    keys = finding.field.split(", ") if several else [finding.field]
    sentence = tr(
        FINDING_SENTENCES[finding.kind],
        field=tr(" or ").join(label_of(key) for key in keys if key),
        before=finding.before,
        after=finding.after,
        limit="" if finding.limit is None else str(finding.limit),
    )
    if finding.kind in UNUSABLE and finding.level is not Level.BLOCKING:
        not_sent = tr("It is not sent.")
        return f"{sentence} {not_sent}"
    return sentence


def values_line(values: Iterable[str]) -> str:
    """A few values of a column in one line, to be looked at."""
    return listed((" ".join(one.split()) for one in values), _BETWEEN_VALUES)


def either(keys: Iterable[str], schema: ContactSchema) -> str:
    """The names of fields any of which will do: "First name or Last name"."""
    return tr(" or ").join(tr(field.label) if (field := schema.field(key)) else key for key in keys)


def finding_kind_word(kind: FindingKind, schema: ContactSchema) -> str:
    """A heading for all findings of this kind, to stand beside their number."""
    if kind is FindingKind.REQUIRED_MISSING and schema.required:
        return tr("“{fields}” is missing", fields=either(schema.required, schema))
    return tr(_FINDING_KINDS[kind])


def finding_kind_words(kinds: Iterable[FindingKind], schema: ContactSchema) -> str:
    """The same for rows in each of which all of these were found."""
    return " + ".join(finding_kind_word(kind, schema) for kind in kinds)


def status_word(status: Status) -> str:
    """What is to happen to a row, in a word or two."""
    return tr(_STATUSES[status])


def status_words(status: Status, count: int) -> str:
    """The same of so many rows: where one is "écartée", two are "écartées"."""
    of_many = {
        Status.BLANK: trn("blank", "blank", count),
        Status.LEFT_OUT: trn("left out", "left out", count),
        Status.DUPLICATE: trn("duplicate", "duplicates", count),
        Status.TO_SEND: trn("to send", "to send", count),
    }
    return of_many[status]


def outcome_word(kind: OutcomeKind) -> str:
    """What became of a contact, in a word or two."""
    return tr(_OUTCOMES[kind])


def outcome_words(kind: OutcomeKind, count: int) -> str:
    """The same of so many contacts: where one is "creato", two are "creati"."""
    of_many = {
        OutcomeKind.CREATED: trn("created", "created", count),
        OutcomeKind.UPDATED: trn("updated", "updated", count),
        OutcomeKind.ACCEPTED: trn("accepted", "accepted", count),
        OutcomeKind.REFUSED: trn("refused", "refused", count),
        OutcomeKind.UNSURE: trn("unsure", "unsure", count),
        OutcomeKind.NOT_SENT: trn("not sent", "not sent", count),
    }
    return of_many[kind][:1].upper() + of_many[kind][1:]


def halfway_words(count: int) -> str:
    """Who is in the account though not done; empty where nobody is."""
    if not count:
        return ""
    return trn(
        "{count} contact that is not done is in the account already, and waits for the next step.",
        "{count} contacts that are not done are in the account already, and wait for the next step.",
        count,
    )


def match_reason(suggestion: Suggestion) -> str:
    """Why this column is proposed for this field, as a sentence."""
    sentences = _REASONS if suggestion.sure else _NOT_SURE
    share = "" if suggestion.share is None else percent(suggestion.share)
    return tr(sentences[suggestion.reason], detail=suggestion.detail, share=share)
