"""What stands in the report that is measured: ten columns of the user's, and what became of each row.

Numbers in, texts out; who writes or reads them is not known here.
"""

from __future__ import annotations

import random

from app.providers.verdicts import OutcomeKind
from app.wording import outcome_word

PROVIDER = "sociocs"
REFUSAL = "no such number"
EVERY = 100  # one refused in so many
FIRST = 2  # the row below the header
HEADERS = ("Card", "First name", "Last name", "E-mail", "Mobile", "Born", "City", "Since", "Points", "Note")
FIELDS = ("name", "phone_number")
RECIPE = f"""format = 1
provider = "{PROVIDER}"
default_country = "GB"

[columns]
"First name" = "{FIELDS[0]}"
"Mobile" = "{FIELDS[1]}"
"""
# One row in a hundred has a note that is easily spoilt on its way.
STRANGE = 100
NOTES = (
    "=1+1", "+1+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "'=1", "007", "1e5", " between spaces ", "two\nlines",
    "a_x0041_b", "<b>&amp;", "1/2", "TRUE", "#N/A", '"quoted", or so', "tab\there", "Zoë 🎈",
    "12345678901234567890",
)  # fmt: skip


def cells(number: int) -> tuple[str, ...]:
    """What the user's sheet says in a row."""
    chance = random.Random(number)
    points, day = chance.randrange(100_000), chance.randrange(1, 29)
    return (
        f"{number:08d}", f"Given{number % 977}", f"Family & Sons {number % 1013}",
        f"given{number}@example.com", f"+4477{number:08d}", f"19{day + 60}-03-{day:02d}",
        f"City {number % 89}", f"2019-{day % 12 + 1:02d}-{day:02d}", str(points), _note(number),
    )  # fmt: skip


def told(number: int) -> tuple[str, str, str]:
    """What the report says of it: result, reason, what to do."""
    if number % EVERY == 0:
        return outcome_word(OutcomeKind.REFUSED), f"Sociocs says: {REFUSAL}", ""
    return outcome_word(OutcomeKind.ACCEPTED), "", ""


def _note(number: int) -> str:
    if number % STRANGE == 1:
        return NOTES[number // STRANGE % len(NOTES)]
    return "" if number % 3 else "VIP"
