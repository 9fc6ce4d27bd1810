"""How soon the window is there to be used, against a bare QWizard with as many pages.

Both are started as programs of their own, in turns, from the call to the first window that is shown and has
answered everything that was waiting; the middle time of each counts. What is in the window is not looked at.
Both find their modules compiled, as those of an installed program are, whatever this machine is set to.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.result import Result, compare, peak_mb

ROWS = 7
"""How many times each side is started."""

GOAL = 1 / 1.5
ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60

_SHOWN = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWizard

def look():
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QWizard))
    if not QTest.qWaitForWindowExposed(window, 20_000):
        os._exit(1)
    QTimer.singleShot(0, lambda: os._exit(0))  # when all that waited is done; the way out is not measured

def look_and_go_on(*_):
    QTimer.singleShot(0, look)
    return go_on()

go_on, QApplication.exec = QApplication.exec, look_and_go_on
"""

_THEIRS = f"""
import sys
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWizard, QWizardPage
{_SHOWN}
application = QApplication(sys.argv[:1])
window = QWizard()
for number in range(6):
    page = QWizardPage()
    page.setTitle(f"Page {{number}}")
    QVBoxLayout(page).addWidget(QLabel("A page"))
    window.addPage(page)
window.show()
QApplication.exec()
"""

_OURS = f"""
import sys
from app.main import main

class Qt:  # comes when ours asks for it, and not before
    def find_spec(self, name, path=None, target=None):
        if name == "app.ui.application":
            sys.meta_path.remove(self)
            exec({_SHOWN!r}, globals())

sys.meta_path.insert(0, Qt())
main([])
"""


def measure(rows: int) -> Result:
    """Start both `rows` times; one start before counting brings both from the disk into memory."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = {
            **os.environ,
            "CONTACT_FERRY_HOME": home,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(Path(home) / "compiled"),
        }
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        if sys.platform not in ("win32", "darwin"):
            surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
        times: dict[str, list[float]] = {_OURS: [], _THEIRS: []}
        for turn in range(rows + 1):
            for program, taken in times.items():
                began = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-c", program],
                    env=surroundings,
                    check=True,
                    timeout=TIMEOUT,
                    stderr=subprocess.DEVNULL,
                )
                if turn:
                    taken.append(time.perf_counter() - began)
    ours, theirs = (statistics.median(times[program]) for program in (_OURS, _THEIRS))
    return compare("startup", rows, ours=1 / ours, theirs=1 / theirs, goal=GOAL, peak_mb=peak_mb())
