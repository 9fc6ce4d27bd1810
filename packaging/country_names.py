"""Writes resources/countries/<language>.toml: what countries with phone numbers are called, as CLDR has it.

Needs Babel, which the program itself does not: Qt knows most names in English only. Run it after an update of
Babel; it refuses to write names for a country that Babel has none for.

    python packaging/country_names.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.contacts.countries import phone_countries  # noqa: E402 - only now can it be found
from app.language import LANGUAGES  # noqa: E402

FOLDER = ROOT / "resources" / "countries"
HEAD = """\
# Names of countries from the Unicode CLDR (Unicode License v3), written by packaging/country_names.py.
"""


def names(language: str) -> dict[str, str]:
    """ISO 3166 code -> name in that language."""
    known = Locale.parse(language).territories
    return {one.region: str(known[one.region]) for one in phone_countries()}


def written(language: str) -> str:
    """The file's text."""
    return HEAD + "".join(f'{region} = "{name}"\n' for region, name in names(language).items())


def main() -> None:
    """Write the files of all languages."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / f"{language}.toml").write_text(written(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
