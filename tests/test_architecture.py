"""Checks the shape of the house: who may import whom, one door per outside library, files one can read.

The layers are a contract in pyproject.toml ([tool.importlinter]); what it can't express is checked here.
"""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 320
PROVIDERS = ("smsend", "emarsys", "sociocs", "octopush")
PLACES_WITHOUT_PROVIDERS = ("app/ui", "app/upload", "app/flow")
CODE = ("app", "tests", "packaging")

# Outside library -> the only modules (with everything inside them) that may import it.
DOORS = {
    "PySide6": ("app.ui",),
    "shiboken6": ("app.ui",),
    "httpx": ("app.upload.sending",),
    "httpcore": ("app.upload.sending",),
    "truststore": ("app.upload.sending",),
    "sqlite3": ("app.ledger",),
    "keyring": ("app.settings.credentials",),
    "openpyxl": ("app.table",),
    "python_calamine": ("app.table",),
    "xlrd": ("app.table",),
    "xlsxwriter": ("app.table",),
    "chardet": ("app.table",),
    "csv": ("app.table",),
    "phonenumbers": ("app.contacts",),
    "email_validator": ("app.contacts",),
}
# Names only the machine that made a file would know.
FOREIGN_WORDS = ("/work" + "/", "/root" + "/", "/home" + "/", "artifact" + "registry", "py" + "env/")


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    return build_graph("app", include_external_packages=True, cache_dir=None)


def test_a_line_imports_only_from_lines_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capsys.readouterr().out


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_each_outside_library_has_one_door(graph: ImportGraph, library: str, door: tuple[str, ...]) -> None:
    assert [name for name in _importers(graph, library) if not _is_inside(name, door)] == []


def test_only_the_list_of_providers_and_main_name_a_provider(graph: ImportGraph) -> None:
    allowed = ("app.providers.known", "app.main")
    modules = _provider_modules(graph, "app.providers")
    wrong = [
        f"{importer} imports {module}"
        for module, provider in modules.items()
        for importer in _importers(graph, module)
        if not _is_inside(importer, allowed) and modules.get(importer) != provider
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["app.providers", "app.practice"])
def test_providers_do_not_import_each_other(graph: ImportGraph, room: str) -> None:
    modules = _provider_modules(graph, room)
    wrong = [
        f"{importer} imports {imported}"
        for importer, provider in modules.items()
        for imported in graph.find_modules_directly_imported_by(importer)
        if modules.get(imported, provider) != provider
    ]
    assert wrong == []


@pytest.mark.parametrize("place", PLACES_WITHOUT_PROVIDERS)
def test_window_engine_and_flow_never_name_a_provider(place: str) -> None:
    pattern = re.compile("|".join(PROVIDERS), re.IGNORECASE)
    assert [f"{_short(path)} names {found[0]}" for path in _python_files(place)
            for found in [pattern.search(path.read_text(encoding="utf-8"))] if found] == []  # fmt: skip


def test_practice_imports_nothing_of_the_pipe(graph: ImportGraph) -> None:
    allowed = ("app.practice", "app.language", "app.log", "app.problems", "app.progress", "app.child")
    wrong = [
        f"{module} imports {imported}"
        for module in _inside(graph, "app.practice")
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith("app") and not _is_inside(imported, allowed)
    ]
    assert wrong == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in _python_files("app", "packaging")
    }
    assert {_short(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_module_says_what_it_makes() -> None:
    assert [
        _short(path) for path in _python_files(*CODE)
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(_parse(path))
    ] == []  # fmt: skip


def test_no_test_waits_by_sleeping() -> None:
    wrong = [
        f"{_short(path)}:{node.lineno}"
        for path in _python_files("tests")
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.Call)
        and _called(node) in ("time.sleep", "sleep", "QTest.qWait", "qtbot.wait")
    ]
    assert wrong == []


def test_nothing_tracked_names_the_machine_it_was_written_on() -> None:
    wrong = [
        f"{_short(path)}: {word}"
        for path in _tracked_files()
        for word in FOREIGN_WORDS
        if word.encode() in path.read_bytes()
    ]
    assert wrong == []


def _importers(graph: ImportGraph, module: str) -> list[str]:
    return sorted(graph.find_modules_that_directly_import(module)) if module in graph.modules else []


def _inside(graph: ImportGraph, package: str) -> list[str]:
    return sorted(name for name in graph.modules if _is_inside(name, (package,)))


def _is_inside(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _provider_modules(graph: ImportGraph, room: str) -> dict[str, str]:
    """Each module of `room` that belongs to one provider (smsend, smsend_contacts, ...), and to which."""
    found: dict[str, str] = {}
    for module in _inside(graph, room):
        first = module.removeprefix(room).lstrip(".").partition(".")[0]
        found.update((module, provider) for provider in PROVIDERS if first.startswith(provider))
    return found


def _python_files(*places: str) -> list[Path]:
    return sorted(path for place in places for path in (ROOT / place).rglob("*.py"))


def _tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git clone")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
