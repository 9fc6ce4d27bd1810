"""A past import as one printable page, for the file in which a company notes what it did with people's data.

Makes simple HTML of a summary; refuses to know how it is printed. Every text of a user is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from app import __version__
from app.flow.history import ImportSummary
from app.language import number, tr
from app.providers.known import provider_named
from app.providers.verdicts import OutcomeKind
from app.wording import halfway_words, outcome_words

Moment = Callable[[float], str]
"""Writes a moment (seconds since 1970) the way the user does."""


_QUIET = "#555555"
_STYLE = """
h1 { font-size: 18pt; margin-bottom: 12px; }
h2 { font-size: 12pt; margin-top: 18px; }
li { margin-bottom: 3px; }
"""


def plain_moment(at: float) -> str:
    """A local time as ISO 8601 writes it, to the minute."""
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}"


def receipt_page(summary: ImportSummary, moment: Moment = plain_moment) -> str:
    """The page, complete HTML of the kind that QTextDocument understands."""
    facts = [
        (tr("Sent to"), destination_words(summary)),
        (tr("Began"), moment(summary.began)),
        (tr("Last sent"), moment(summary.ended)),
        (tr("File"), summary.file),
        (tr("Fingerprint of the file"), summary.fingerprint or tr("not known")),
        (tr("Import"), summary.id),
    ]
    # Apart, because sentences inside an f-string are not found by whoever collects them for translation.
    title, many = escape(tr("Receipt of an import of contacts")), escape(tr("How many"))
    said, agreed = escape(tr("What was said before sending")), escape(tr("What was agreed to"))
    nobody = escape(tr("This page names nobody: it was made without any contact."))
    parts = [
        f"<h1>{title}</h1>",
        _table(facts),
        f"<h2>{many}</h2>",
        _table(counts_of(summary), figures=True),
        f"<p>{escape(_sum_words(summary))}</p>",
        f"<h2>{said}</h2>",
        _list(summary.told or (tr("Nothing was noted."),)),
        f"<h2>{agreed}</h2>",
        _list(summary.agreed or (tr("Nothing was ticked."),)),
        f"<p><small>{nobody} Contact Ferry {escape(__version__)}</small></p>",
    ]
    head = f"<head><meta charset='utf-8'><style>{_STYLE}</style></head>"
    return f"<html>{head}<body>{''.join(parts)}</body></html>"


def destination_words(summary: ImportSummary) -> str:
    """The provider's title and the account's name."""
    provider = provider_named(summary.provider)
    title = provider.title if provider else summary.provider
    account = tr("practice account") if summary.practice else summary.account
    return f"{title}, {account}" if account else title


def counts_of(summary: ImportSummary) -> list[tuple[str, str]]:
    """Every number of an import with its word; those after "Contacts" add up to it."""
    totals = summary.totals
    before = [
        (tr("Rows read"), totals.read),
        (tr("Blank"), totals.blank),
        (tr("Those left out"), totals.left_out),
        (tr("Duplicates"), totals.duplicates),
        (tr("Contacts"), totals.to_send),
    ]
    counts = [(kind, totals.as_numbers()[kind.value]) for kind in OutcomeKind]
    after = [(outcome_words(kind, count), count) for kind, count in counts]
    return [(word, number(count)) for word, count in (*before, *after)]


def _sum_words(summary: ImportSummary) -> str:
    if summary.totals.adds_up:
        said = tr("These numbers add up: every row is accounted for.")
        return f"{said} {halfway_words(summary.totals.halfway)}".strip()
    return tr("These numbers do not add up, so this receipt can't confirm them.")


def _table(lines: Iterable[tuple[str, str]], *, figures: bool = False) -> str:
    side = "right" if figures else "left"
    cells = "".join(
        f"<tr><td style='color: {_QUIET}'>{escape(name)}&nbsp;&nbsp;&nbsp;</td>"
        f"<td align='{side}'>{escape(value)}</td></tr>"
        for name, value in lines
    )
    return f"<table cellpadding='2'>{cells}</table>"


def _list(sentences: Iterable[str]) -> str:
    return (
        "<ul>" + "".join(f"<li style='margin-bottom: 3px'>{escape(one)}</li>" for one in sentences) + "</ul>"
    )
