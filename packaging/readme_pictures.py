"""Makes the pictures of the README anew: plays the tour and keeps the best of what it shows, in few colours.

Refuses to touch up anything: what is seen is what the program shows.

    python packaging/readme_pictures.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
COLOURS = 256
SEEN = 4  # of 255: as much as two shades may differ unseen
FOLDER = ROOT / "packaging" / "pictures"
KEPT = {
    "01-choose-file": "choose-file",
    "02-map-columns": "match-columns",
    "04-check-contacts": "check-contacts",
    "05e-paused": "upload",
    "06-report": "report",
}
"""Picture of the tour -> its name in the README."""


def main() -> None:
    """Play the tour in English and write the pictures."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "CONTACT_FERRY_HOME": str(made / "home"),
        }
        order = [sys.executable, "-m", "app", "tour", "--screenshots", str(made), "--language", "en"]
        subprocess.run(order, check=True, cwd=ROOT, env=surroundings)
        FOLDER.mkdir(exist_ok=True)
        for source, target in KEPT.items():
            picture = QImage(str(made / f"{source}.png"))
            in_few_colours(picture).save(str(FOLDER / f"{target}.png"), quality=0)


def in_few_colours(picture: QImage) -> QImage:
    """The picture with the 256 colours that most of it has: a quarter of the size, and nobody sees it."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I")).most_common()
    table: list[int] = []
    for colour, _ in counted:
        # Hundreds of greys at the edges of letters would leave no room for the green of a tick.
        if len(table) < COLOURS and all(_differ(colour, one) for one in table):
            table.append(colour)
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _differ(one: int, other: int) -> bool:
    """Whether one sees that two colours (0xffRRGGBB) are not the same."""
    return any(abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) > SEEN for shift in (0, 8, 16))


if __name__ == "__main__":
    main()
