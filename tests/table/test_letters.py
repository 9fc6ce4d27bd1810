"""A handful of letters tells code pages apart: in the wrong one they stand where nobody puts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.table.letters import oddities
from app.table.reading import open_table

LISTS = {
    "cp1252": "Nom;Note\nHélène;l’été – cœur … “x”\nFrançois;n°5 à 3€ · ½\nMª José;nº5 ¿Qué?\n",
    "iso8859-15": "Nom;Prix\nHélène;5 €\nŒdipe;6 €\n",
    "cp1250": "Imię;Miasto\nŁukasz;Łódź\nWiesława;Kraków\nZdzisław;Świnoujście\nŻaneta;Gdańsk\n",
    "cp1254": "Ad;Şehir\nGökhan;İstanbul\nAyşe;Muğla\nIşık;Eskişehir\nÇağrı;Şanlıurfa\n",
    "cp850": "Name;Città\nNiccolò;Forlì\nZoë;Köln\nJürgen;Düsseldorf\nIñigo;España\n",
    "mac-roman": "Name;Città\nNiccolò;Forlì\nZoë;Köln\n",
}


def _cells(path: Path) -> tuple[str, list[tuple[str, ...]]]:
    with open_table(path) as table:
        return table.shape.encoding, [row.cells for row in table.rows()]


@pytest.mark.parametrize("encoding", LISTS)
@pytest.mark.parametrize("times", [1, 20])
def test_few_letters_are_enough(tmp_path: Path, encoding: str, times: int) -> None:
    end = "\n" if encoding == "mac-roman" else "\r\n"
    text = LISTS[encoding]
    header, _, people = text.partition("\n")
    path = tmp_path / "list.csv"
    path.write_bytes(f"{header}\n{people * times}".replace("\n", end).encode(encoding))
    expected = [tuple(line.split(";")) for line in people.splitlines()] * times
    assert _cells(path)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sigurður Þórsson;Reykjavík",
        "JÜRGEN GRÖSS;Öl-Straße 5²",
        "Acme® GmbH;§3 «x»",
        "IÑIGO;¡Sí! 1ª",
        "l’Été",
    ],
)
def test_what_people_write_is_not_odd(tmp_path: Path, text: str) -> None:
    assert oddities(text.encode("cp1252"), "cp1252") == 0
    path = tmp_path / "list.csv"
    path.write_bytes(f"Name;Note\r\n{text}\r\nAnna;1\r\n".encode("cp1252"))
    encoding, rows = _cells(path)
    assert (encoding, rows[0][0]) == ("cp1252", text.split(";")[0])


def test_other_alphabets_are_left_to_their_statistics(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for encoding, text in (
        ("cp1251", "Имя;Город\nИван;Москва\nАнна;Казань\n"),
        ("cp1253", "Όνομα;Πόλη\nΓιώργος;Αθήνα\nΕλένη;Πάτρα\n"),
        ("koi8-r", "Имя;Город\nИван;Москва\nАнна;Казань\n"),
    ):
        path.write_bytes(text.encode(encoding))
        assert _cells(path)[0] == encoding
