"""The committed samples are what their generator makes, and read as a person would read them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from app.table.reading import open_table

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"


def _made_again(folder: Path) -> None:
    name = "make_samples_under_test"
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / "make_samples.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    module.write_samples(folder)


def test_the_generator_makes_the_committed_samples_again(tmp_path: Path) -> None:
    _made_again(tmp_path)
    for name in ("contacts.xlsx", "clienti.csv"):
        with open_table(tmp_path / name) as fresh, open_table(SAMPLES / name) as committed:
            assert fresh.shape.columns == committed.shape.columns
            assert list(fresh.rows()) == list(committed.rows())


def test_the_main_sample_has_its_columns_rows_and_blanks() -> None:
    with open_table(SAMPLES / "contacts.xlsx") as table:
        rows = list(table.rows())
        names = [column.name for column in table.shape.columns]
    assert names[:5] == ["Nome", "Cognome", "E-mail", "Cellulare", "Data di nascita"]
    assert len(names) == 13
    assert len(rows) == 514
    assert sum(row.blank for row in rows) == 6
    assert [row.number for row in rows] == list(range(2, 516))


def test_the_main_sample_shows_postal_codes_and_cards_with_their_zeros() -> None:
    with open_table(SAMPLES / "contacts.xlsx") as table:
        rows = [row for row in table.rows() if not row.blank]
    assert {row.cells[6] for row in rows if row.cells[5] == "Roma"} == {"00184"}
    assert all(len(row.cells[11]) == 6 for row in rows)


def test_the_text_sample_is_read_with_its_accents() -> None:
    with open_table(SAMPLES / "clienti.csv") as table:
        rows = list(table.rows())
        assert (table.shape.encoding, table.shape.delimiter) == ("cp1252", ";")
        assert table.shape.columns[5].name == "Città"
    assert len(rows) == 60
    assert any(row.cells[0] == "Niccolò" for row in rows)
