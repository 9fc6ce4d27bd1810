"""Rows read whole by a learned pattern give what the careful reader gives, however mixed the sheet is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.table.reading import open_table
from app.table.shape import Row
from tests.table.workbooks import sheet_xml, workbook

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0000000000"/>'
    '<numFmt numFmtId="165" formatCode="&quot;+39 &quot;@"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="0"/>'
    '<xf numFmtId="10"/></cellXfs>'
)
PLAIN_STYLES = STYLES.replace("&quot;+39 &quot;@", "@")
STRINGS = "".join(f"<si><t>text &amp; {n}</t></si>" for n in range(400))
HEADER = '<row r="1">' + "".join(f'<c r="{x}1" t="str"><v>{x}</v></c>' for x in "ABCDEF") + "</row>"


def _cell(place: str, kind: int, chance: random.Random) -> str:
    style = chance.choice(("", "", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="4"', ' s="5"', ' s="99"'))
    number = chance.choice((0, 7, 45_000, 3_471_234_567, 0.25, -1.5, "3.9E+3"))
    stored = (
        f'<c r="{place}"{style} t="s"><v>{chance.randrange(400)}</v></c>',
        f'<c r="{place}"{style}><v>{number}</v></c>',
        f'<c r="{place}"{style} t="n"><v>{number}</v></c>',
        f'<c r="{place}"{style} t="b"><v>{chance.randrange(2)}</v></c>',
        f'<c r="{place}"{style} t="str"><v>a&lt;{number}</v></c>',
        f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve"> in &amp; </t></is></c>',
        f'<c r="{place}"{style}><f>A1*2</f><v>{number}</v></c>',
        f'<c r="{place}"{style}><f>A1</f></c>',
        f'<c r="{place}"{style} t="e"><v>#N/A</v></c>',
        f'<c r="{place}"{style}/>',
        "",
    )
    return stored[kind]


def _rows_xml(chance: random.Random, mixed: float) -> str:
    """Rows of six columns and sometimes a seventh, each mostly of one kind."""
    usual = [chance.randrange(11) for _ in range(7)]
    parts, number = [], 1
    for _ in range(700):
        number += chance.choice((1, 1, 1, 1, 1, 1, 1, 3))
        cells = "".join(
            _cell(f"{letter}{number}", chance.randrange(11) if chance.random() < mixed else kind, chance)
            for letter, kind in zip("ABCDEFH", usual, strict=True)
        )
        hidden = ' hidden="1"' if chance.random() < 0.03 else ""
        parts.append(f'<row r="{number}" spans="1:6"{hidden}>{cells}</row>')
    return "".join(parts)


def _read(path: Path) -> list[Row]:
    with open_table(path) as table:
        return list(table.rows())


@pytest.mark.parametrize("styles", [STYLES, PLAIN_STYLES], ids=["prefixes", "plain"])
@pytest.mark.parametrize("mixed", [0.0, 0.02, 0.3])
def test_learned_rows_are_read_as_carefully(tmp_path: Path, mixed: float, styles: str) -> None:
    for seed in range(4):
        rows = HEADER + _rows_xml(random.Random(seed), mixed)
        rows += '<row r="9000"><c r="A9000" t="str"><v>end</v></c></row>'
        fast = workbook(tmp_path / "fast.xlsx", sheet_xml(rows), strings=STRINGS, styles=styles)
        text = sheet_xml("<!-- read carefully -->" + rows)
        careful = workbook(tmp_path / "careful.xlsx", text, strings=STRINGS, styles=styles)
        assert _read(fast) == _read(careful)


def test_texts_take_the_prefix_of_their_style_in_every_kind_of_cell(tmp_path: Path) -> None:
    rows = HEADER + "".join(
        f'<row r="{n}"><c r="A{n}" s="3" t="s"><v>1</v></c><c r="B{n}" s="3" t="str"><v>x</v></c>'
        f'<c r="C{n}" t="str"><v>x</v></c></row>'
        for n in range(2, 9)
    )
    for row in _read(workbook(tmp_path / "a.xlsx", sheet_xml(rows), strings=STRINGS, styles=STYLES)):
        assert row.cells[:3] == ("+39 text & 1", "+39 x", "x")
