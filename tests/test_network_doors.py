"""Nothing leaves this computer but what the upload sends: no other part can even open a connection."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent / "app"
OUTWARD = frozenset(
    {
        *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
        *("xmlrpc", "asyncio", "httpx", "httpcore", "requests", "aiohttp", "urllib3", "webbrowser"),
        *("subprocess", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"),
    }
)
DOORS = {
    "upload/sending.py": {"socket", "ssl", "httpx"},
    "upload/proxies.py": {"urllib.request"},  # reads the system's settings
    "upload/errand.py": {"socket"},  # cuts connections, opens none
    "practice/server.py": {"socket", "http"},  # listens on loopback
    "child/parent.py": {"subprocess"},  # this program once more, to read and to check
    "self_test.py": {"socket"},  # asks a port of loopback that nobody listens on
    "ui/awake.py": {"subprocess"},  # the system's own program that keeps a machine awake
    "ui/tour/looks.py": {"subprocess"},  # plays the tour once more, in another look
}


def modules_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def outward(module: str) -> set[str]:
    return {name for name in OUTWARD if module == name or module.startswith(f"{name}.")}


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_only_the_doors_can_reach_a_network(path: Path) -> None:
    reached = {name for module in modules_of(path) for name in outward(module)}
    assert reached <= DOORS.get(path.relative_to(APP).as_posix(), set())


def test_no_text_opens_an_address_in_a_browser() -> None:
    for path in APP.rglob("*.py"):
        text = path.read_text("utf-8")
        assert "openUrl" not in text or "fromLocalFile" in text, path
        assert "setOpenExternalLinks(True)" not in text, path
