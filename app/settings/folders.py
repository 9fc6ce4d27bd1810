"""Says where the program keeps its things: settings, imports (ledgers) and logs.

Knows the system's customs for such folders; refuses to know what is put into them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.language import tr
from app.problems import FileProblem

HOME_VARIABLE = "CONTACT_FERRY_HOME"
"""Names one folder that holds all three, in place of the system's: portable use, tests."""

_NAME = "contact-ferry"


@dataclass(frozen=True, slots=True)
class Folders:
    """Absolute paths; the folders need not exist yet (`make_private`)."""

    settings: Path
    imports: Path
    logs: Path


def user_folders(environ: Mapping[str, str] = os.environ) -> Folders:
    """This user's folders, or those inside CONTACT_FERRY_HOME where that is set. Creates nothing."""
    home = environ.get(HOME_VARIABLE, "").strip()
    if home:
        root = Path(home).absolute()
        return Folders(root / "settings", root / "imports", root / "logs")
    import platformdirs  # off the start path of those who set the variable

    customs = platformdirs.PlatformDirs(_NAME, appauthor=False)
    return Folders(customs.user_config_path, customs.user_data_path / "imports", customs.user_log_path)


def make_private(folder: Path) -> None:
    """Make `folder` exist, open to its owner only (on Windows profiles are private by themselves).

    Raises FileProblem if it can't be made so: people's data must not lie where others can read it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_mode & 0o777 != 0o700:
            folder.chmod(0o700)
    except OSError as error:
        raise FileProblem(
            tr("The program can't use its folder {folder}.", folder=str(folder)),
            tr(
                "Check that the disk is not full or write-protected and that the folder is yours, or set "
                "{variable} to a folder you can write to.",
                variable=HOME_VARIABLE,
            ),
            str(error),
        ) from error
