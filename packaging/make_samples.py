"""Makes the sample lists in resources/samples: invented people with the damage that real lists have.

Seeded, so that every run makes the same rows; it knows nothing of how the program reads or checks them.
Addresses are in domains reserved for examples; American numbers are from the range reserved for fiction.
"""

from __future__ import annotations

import csv
import random
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
HEADER = (
    "Nome", "Cognome", "E-mail", "Cellulare", "Data di nascita", "Città", "CAP", "Provincia", "Indirizzo",
    "Sesso", "Cliente dal", "Tessera", "Note",
)  # fmt: skip
CSV_HEADER = ("Nome", "Cognome", "E-mail", "Cellulare", "Data di nascita", "Città", "Note")

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Country:
    """Where a part of the people live: names, towns and how their phone numbers begin."""

    code: str
    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    towns: tuple[tuple[str, str, str], ...]  # name, postal code, province
    streets: tuple[str, ...]
    mobiles: tuple[str, ...]
    digits: int


COUNTRIES = (
    Country(
        "39", 300,
        ("Giulia", "Francesca", "Chiara", "Martina", "Elisa", "Noemi", "Desirée", "Paola", "Lucia"),
        ("Marco", "Alessandro", "Niccolò", "Davide", "Simone", "Giosuè", "Luca", "Matteo", "Andrea"),
        ("Rossi", "Ferrari", "Esposito", "Bianchi", "D'Angelo", "Lo Presti", "Nicolò", "De Santis", "Galli",
         "Cattaneo", "Marchetti", "Forlì", "Pellegrini", "Serra"),
        (("Roma", "00184", "RM"), ("Milano", "20121", "MI"), ("Forlì", "47121", "FC"),
         ("Torino", "10123", "TO"), ("Cantù", "22063", "CO"), ("Napoli", "80134", "NA"),
         ("Viareggio", "55049", "LU"), ("Mondovì", "12084", "CN"), ("Olbia", "07026", "SS")),
        ("Via Garibaldi", "Corso Italia", "Piazza della Libertà", "Via dei Mille", "Viale Europa"),
        ("333", "347", "328", "340", "349", "366"), 7,
    ),
    Country(
        "33", 65,
        ("Chloé", "Anaïs", "Hélène", "Maëlys", "Françoise"), ("Jérôme", "François", "Loïc", "Théo", "Benoît"),
        ("Lefèvre", "Dubois", "Noël", "Garçon", "Müller-Petit", "Rousseau"),
        (("Nîmes", "30000", "Gard"), ("Besançon", "25000", "Doubs"), ("Lyon", "69002", "Rhône")),
        ("rue de l'Église", "avenue Foch", "place du Marché"), ("612", "634", "668", "781"), 6,
    ),
    Country(
        "49", 60,
        ("Jutta", "Käthe", "Lena", "Sophie", "Änne"), ("Jürgen", "Björn", "Lukas", "Günther", "Jörg"),
        ("Müller", "Schäfer", "Weiß", "Köhler", "Groß", "Vogel"),
        (("München", "80331", "Bayern"), ("Köln", "50667", "NRW"), ("Würzburg", "97070", "Bayern")),
        ("Hauptstraße", "Goethestraße", "Am Brühl"), ("1512", "1523", "1701"), 7,
    ),
    Country(
        "34", 50,
        ("María José", "Begoña", "Inés", "Lucía", "Núria"), ("José", "Íñigo", "Álvaro", "Andrés", "Ramón"),
        ("García", "Núñez", "Ibáñez", "Martínez Peña", "López"),
        (("Málaga", "29001", "Málaga"), ("A Coruña", "15001", "A Coruña"), ("León", "24001", "León")),
        ("Calle Mayor", "Paseo de la Alameda", "Plaza de España"), ("612", "634", "655", "671"), 6,
    ),
    Country(
        "1", 25,
        ("Emily", "Zoë", "Charlotte"), ("James", "Seán", "Oliver"),
        ("Smith", "O'Brien", "Taylor-Jones", "Walker"),
        (("Washington", "20001", "DC"), ("New York", "10001", "NY")),
        ("Maple Street", "Station Road"), ("20255501", "21255501"), 2,
    ),
)  # fmt: skip

_NOTES = (
    "", "", "", "", "cliente abituale", "preferisce il pomeriggio", "chiamare dopo le 18", "Newsletter: sì",
    "taglia 42; colore blu", "ha chiesto il catalogo \"Autunno\"", "VIP", "?", "prima visita\nsconto 10%",
)  # fmt: skip
_LONG_NOTE = "Ha scritto più volte per sapere quando arriva il nuovo listino; va richiamata con calma. "


@dataclass(slots=True)
class Person:
    """One invented person; `cells` are what the sheet says, to be damaged."""

    country: Country
    national: str
    cells: list[Cell]

    @property
    def international(self) -> str:
        return f"+{self.country.code}{self.national}"


EMAIL, PHONE, BIRTH, NOTE = 2, 3, 4, 12


def contact_rows() -> list[tuple[Cell, ...]]:
    """The rows of contacts.xlsx below its header, blank rows among them."""
    chance = random.Random(20_240_229)
    people = [
        _person(chance, country, number)
        for number, country in enumerate(country for country in COUNTRIES for _ in range(country.share))
    ]
    chance.shuffle(people)
    _damage(chance, people)
    rows = [tuple(person.cells) for person in people]
    for source, target in (
        (12, 61),
        (40, 41),
        (77, 208),
        (150, 310),
        (222, 390),
        (301, 452),
        (333, 334),
        (20, 488),
    ):
        rows.insert(target, rows[source])
    for place in (48, 49, 133, 260, 261, 405):
        rows.insert(place, (None,) * len(HEADER))
    return rows


def csv_rows() -> list[tuple[str, ...]]:
    """The rows of clienti.csv below its header."""
    chance = random.Random(1_252)
    people = [_person(chance, COUNTRIES[0] if n % 4 else COUNTRIES[1 + n % 3], n) for n in range(60)]
    rows: list[tuple[str, ...]] = []
    for person in people:
        first, family, email, _, birth, town, *_, note = person.cells
        day = birth.strftime("%d/%m/%Y") if isinstance(birth, date) else ""
        rows.append(
            (str(first), str(family), str(email), person.international, day, str(town), str(note or ""))
        )
    rows[7] = (*rows[7][:3], "", *rows[7][4:])
    rows[19] = (*rows[19][:2], "", *rows[19][3:])
    rows[33] = (*rows[33][:2], "manca@", "", *rows[33][4:])
    return rows


def _person(chance: random.Random, country: Country, number: int) -> Person:
    woman = chance.random() < 0.55
    first = chance.choice(country.women if woman else country.men)
    family = chance.choice(country.families)
    town, postal, province = chance.choice(country.towns)
    count = country.digits
    last = number % 100 if country.code == "1" else chance.randrange(10**count)
    national = chance.choice(country.mobiles) + str(last).zfill(count)
    birth = date(1948, 1, 1) + timedelta(days=chance.randrange(20_500))
    since = date(2015, 1, 1) + timedelta(days=chance.randrange(3_300))
    email = f"{_ascii(first)}.{_ascii(family)}{number}@example.{chance.choice(('com', 'org', 'com'))}"
    street = f"{chance.choice(country.streets)} {chance.randrange(1, 180)}"
    note = chance.choice(_NOTES) or None
    sex = chance.choice(("F", "F", "f", "Donna")) if woman else chance.choice(("M", "M", "m", "Uomo"))
    plus = f"+{country.code}{national}"
    cells: list[Cell] = [
        first, family, email, plus, birth, town, int(postal), province, street, sex, since,
        100 + number, note,
    ]  # fmt: skip
    return Person(country, national, cells)


def _ascii(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o"))
    return "".join(letter for letter in folded.lower() if letter.isascii() and letter.isalpha())


def _damage(chance: random.Random, people: list[Person]) -> None:
    """First what a good reader mends, then the rows (one in fifteen) that nobody can use as they are."""
    italians = [person for person in people if person.country.code == "39"]
    abroad = [person for person in people if person.country.code != "39"]
    _write_phones_in_many_ways(italians, abroad)
    for person in chance.sample(people, 30):
        person.cells[EMAIL] = str(person.cells[EMAIL]).upper()
    for person in chance.sample(people, 25):
        person.cells[EMAIL] = f"{person.cells[EMAIL]}{chance.choice((' ', '  ', chr(160)))}"
    _write_dates_in_many_ways(chance, people)
    for person in chance.sample(people, 4):
        person.cells[NOTE] = _LONG_NOTE * 14
    _spoil(chance, people)


def _write_dates_in_many_ways(chance: random.Random, people: list[Person]) -> None:
    for person in chance.sample(people, 45):
        birth = person.cells[BIRTH]
        if isinstance(birth, date):
            person.cells[BIRTH] = birth.strftime(chance.choice(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")))
    for person in chance.sample(people, 40):
        person.cells[BIRTH] = None


def _spoil(chance: random.Random, people: list[Person]) -> None:
    for person, (place, text) in zip(chance.sample(people, 33), _spoiled(), strict=True):
        person.cells[place] = text
        if not text:
            person.cells[EMAIL] = None
    fine = [person for person in people[20:] if not _hopeless(person)]
    sparse = chance.sample(fine, 34)
    for person in sparse[:18]:
        person.cells[PHONE] = None
    for person in sparse[18:]:
        person.cells[EMAIL] = None


def _write_phones_in_many_ways(italians: list[Person], abroad: list[Person]) -> None:
    for index, person in enumerate(italians):
        whole, start, rest = person.national, person.national[:3], person.national[3:]
        spaced = f"{start} {rest[:3]} {rest[3:]}"
        landline = f"06 {start}{rest[1:]}"
        ways: tuple[Cell, ...] = (
            int(whole),
            int("39" + whole),
            f"0039{whole}",
            f"+39 {spaced}",
            spaced,
            f"'+39{whole}",
            f"+39 (0){whole}" if index % 30 == 6 else f"{start}-{rest}",
            whole,
            landline if index % 18 == 8 else person.international,
            f"{start}/{rest}",
        )
        person.cells[PHONE] = ways[index % len(ways)]
    for index, person in enumerate(abroad):
        code, national = person.country.code, person.national
        spaced = f"{national[:3]} {national[3:]}"
        european = code in ("33", "49")
        written: tuple[Cell, ...] = (
            person.international,
            f"00{code} {spaced}",
            f"+{code} {spaced}",
            f"+{code} (0){national}" if european else person.international,
        )
        person.cells[PHONE] = written[index % len(written)]


def _spoiled() -> Iterator[tuple[int, str]]:
    """Thirty-three cells that someone has to look at: the place in the row, and what stands there."""
    for text in ("3,93E+11", "3,93E+11", "3,93E+11", "3.93347E+11", "3,49E+09", "3,93E+11"):
        yield PHONE, text
    yield from ((PHONE, f"333 90{n}1234 / 06 555{n}210") for n in range(5))
    yield from ((PHONE, text) for text in ("333123", "0000000000", "non ricorda", "12", "vedi note"))
    yield from (
        (EMAIL, text)
        for text in (
            "giulia.rossi@example,com", "marco@@example.com", "luca.serra.example.com", "anna@example",
            "paola ferrari@example.com", "d.galli@", "@example.org", "simone.bianchi@example..com",
            "n.d.", "chiara@example.com; chiara@example.org", "matteo.pellegrini(at)example.com",
            "elisa,galli@example.com", "davide@exam ple.com",
        )
    )  # fmt: skip
    yield from ((PHONE, "") for _ in range(4))


def _hopeless(person: Person) -> bool:
    email, phone = str(person.cells[EMAIL] or ""), str(person.cells[PHONE] or "")
    return "E+" in phone or " / " in phone or len(phone) < 8 or email.strip().count("@") != 1


def write_samples(folder: Path) -> None:
    """Write contacts.xlsx and clienti.csv into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Clienti")
    sheet.append(HEADER)
    formats = {BIRTH: "DD/MM/YYYY", 6: "00000", 10: "DD/MM/YYYY", 11: "000000"}
    for row in contact_rows():
        sheet.append(row)
        for place, code in formats.items():
            cell = sheet.cell(sheet.max_row, place + 1)
            if not isinstance(cell.value, str):
                cell.number_format = code
    for place, width in enumerate((14, 16, 36, 20, 15, 14, 8, 11, 28, 8, 13, 10, 40)):
        sheet.cell(1, place + 1).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "A2"
    book.save(folder / "contacts.xlsx")
    with (folder / "clienti.csv").open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(CSV_HEADER)
        writer.writerows(csv_rows())


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
