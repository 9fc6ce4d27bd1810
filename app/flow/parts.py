"""What main hands to the window and to the command line: the ways to the world outside the pipe.

Only declares them; building them is main's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.settings.folders import Folders

if TYPE_CHECKING:
    # The network and the keyring take their time, and the window is shown before either is needed.
    from app.flow.access import PracticeAccess
    from app.settings.credentials import Credentials

PracticeDoor = Callable[[str], "PracticeAccess"]
"""Provider name -> the way to its practice room; the first call starts the practice server."""


@dataclass(frozen=True, slots=True)
class Parts:
    """`credentials` opens the keyring on its first call (slow: never before the window is shown);
    `environment` holds the variables with secrets, which no child process is to inherit."""

    folders: Folders
    credentials: Callable[[], Credentials]
    practice: PracticeDoor
    environment: Mapping[str, str] = field(default_factory=dict)
