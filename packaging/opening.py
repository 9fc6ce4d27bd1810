"""Opens the wizard on the sample where there is a display, and plays its tour where there is none.

It names where the tour's pictures and report are; it refuses to know what the wizard does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from environment import Environment

TOUR = Path("build") / "tour"


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window can be shown; only on Linux (and its like) may a machine have no display at all."""
    if platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def open_wizard(environment: Environment, arguments: list[str]) -> int:
    """Open the wizard on the sample, with a practice account; give its exit status."""
    print("Opening Contact Ferry on the sample, with a practice account ...", flush=True)
    return environment.python(["-m", "app", "open", "--sample", "--practice", *arguments])


def play_tour(environment: Environment) -> int:
    """Play the wizard off-screen, then say where what it made is; give its exit status."""
    pictures = environment.root / TOUR
    print("There is no display here, so no window can be opened.")
    print("Playing the wizard off-screen instead, on the sample, with a practice account ...", flush=True)
    pictures.mkdir(parents=True, exist_ok=True)
    before = _modified(pictures)
    status = environment.python(["-m", "app", "tour", "--screenshots", str(pictures)], offscreen=True)
    made = [path for path, when in _modified(pictures).items() if before.get(path) != when]
    for title, suffixes in (("Pictures", (".png",)), ("Report", (".xlsx", ".csv"))):
        for path in sorted(path for path in made if path.suffix in suffixes):
            print(f"{title:>8}: {path}")
    print(f"The pictures and the report are in {pictures}" if made else "The tour made no pictures.")
    return status


def _modified(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
