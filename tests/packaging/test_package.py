"""Tests what packaging decides before anything is built: which files stay, and what the papers say.

That a package installs, works and goes away again is shown by `dev.py package --verify`, not here.
"""

from __future__ import annotations

import gzip
import json
import plistlib
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import icon_files
import notices
import release
import sample_files
import trim
from app.table.reading import open_table
from linux import deb, rpm, tree
from linux.libraries import SYSTEM_LIBRARIES, Libraries, UnknownLibrary, reached
from macos import disk_image
from program import Program, version_of, write_releases
from steps import SetUpProblem
from windows import setup, sign
from windows.python_for_wine import for_windows

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
DESKTOP = PACKAGING / "linux" / "contact-ferry.desktop"
METAINFO = PACKAGING / "linux" / "contact-ferry.metainfo.xml"


def built(folder: Path) -> Program:
    """A program with next to nothing in it."""
    program, icons, papers = folder / "program", folder / "icons", folder / "notices"
    (program / "lib" / "resources" / "icons").mkdir(parents=True)
    (program / "lib" / "resources" / "icons" / "contact_ferry.svg").write_text("<svg/>", encoding="utf-8")
    (program / "contact-ferry").write_bytes(b"\x7fELF")
    icons.mkdir()
    (icons / "48.png").write_bytes(b"png")
    papers.mkdir()
    (papers / "sbom.cdx.json").write_text("{}", encoding="utf-8")
    return Program("1.2.3", program, icons, papers)


@pytest.mark.parametrize(
    "place",
    [
        "contact-ferry",
        "resources/icons/contact_ferry.svg",
        "libssl.so.3",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
        "PySide6/Qt/translations/qtbase_it.qm",
    ],
)
def test_what_the_window_needs_stays(place: str) -> None:
    assert trim.is_kept(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6Qml.so.6",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt6Network.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlpsql.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "PySide6/Qt/translations/qtdeclarative_it.qm",
    ],
)
def test_what_no_widget_needs_is_left_out(place: str) -> None:
    assert not trim.is_kept(place)


def test_the_languages_are_the_programs() -> None:
    from app.language import LANGUAGES

    assert trim.LANGUAGES == LANGUAGES


def test_libraries_nobody_asks_for_and_the_systems_are_dropped() -> None:
    asks = {
        "libssl.so.3": frozenset({"libcrypto.so.3", "libc.so.6"}),
        "libcrypto.so.3": frozenset({"libc.so.6"}),
        "libgtk-3.so.0": frozenset({"libgdk-3.so.0"}),
        "libgdk-3.so.0": frozenset({"libgtk-3.so.0"}),
        "libstdc++.so.6": frozenset({"libc.so.6"}),
    }
    roots = [frozenset({"libssl.so.3", "libstdc++.so.6"})]
    assert reached(roots, asks) == {"libssl.so.3", "libcrypto.so.3"}


def test_a_library_nobody_brings_ends_the_build(tmp_path: Path) -> None:
    libraries = Libraries(tmp_path, {tmp_path / "lib" / "a.so": frozenset({"libodd.so.1"})})
    with pytest.raises(UnknownLibrary, match=r"libodd\.so\.1"):
        libraries.packages()


def test_the_packages_are_those_of_what_is_asked_for_and_not_here(tmp_path: Path) -> None:
    (tmp_path / "libssl.so.3").touch()
    asked = frozenset({"libssl.so.3", "libEGL.so.1", "libc.so.6", "libm.so.6"})
    libraries = Libraries(tmp_path, {tmp_path / "a.so": asked})
    assert libraries.packages() == ["libc6", "libegl1"]
    assert libraries.sonames_from_system() == ["libEGL.so.1", "libc.so.6", "libm.so.6"]


def test_no_system_library_is_one_we_can_bring_alone() -> None:
    assert not any(name.startswith(("libQt", "libicu", "libssl", "libpython")) for name in SYSTEM_LIBRARIES)


def test_the_control_file_is_one() -> None:
    depends = deb.dependencies(["libgl1", "libc6", "libgl1"], "2.35")
    text = deb.control("1.2.3", "amd64", depends, 130_000_001)
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "contact-ferry"
    assert fields["Version"] == "1.2.3"
    assert fields["Installed-Size"] == "126954"  # KiB, rounded up
    assert fields["Depends"] == "libc6 (>= 2.35), libgl1"
    assert "gnome-keyring" in fields["Recommends"]
    assert text.endswith("\n")
    assert all(len(line) <= 80 for line in deb.DESCRIPTION.splitlines())


def test_the_changelog_names_the_version() -> None:
    assert gzip.decompress(deb.changelog("1.2.3")).startswith(b"contact-ferry (1.2.3) stable;")


def test_the_tree_holds_what_a_desktop_looks_for(tmp_path: Path) -> None:
    target = tmp_path / "tree"
    tree.lay_out(built(tmp_path), "MIT License\n\nAs is.\n", target)
    files = tree.files_of(target)
    assert set(files) >= {
        "/usr/bin/contact-ferry",
        "/usr/lib/contact-ferry/contact-ferry",
        "/usr/share/applications/contact-ferry.desktop",
        "/usr/share/metainfo/contact-ferry.metainfo.xml",
        "/usr/share/icons/hicolor/48x48/apps/contact-ferry.png",
        "/usr/share/icons/hicolor/scalable/apps/contact-ferry.svg",
        "/usr/share/man/man1/contact-ferry.1.gz",
        "/usr/share/doc/contact-ferry/copyright",
        "/usr/share/doc/contact-ferry/sbom.cdx.json",
    }
    assert (target / "usr/bin/contact-ferry").resolve() == target / "usr/lib/contact-ferry/contact-ferry"
    assert (target / "usr/lib/contact-ferry/contact-ferry").stat().st_mode & 0o777 == 0o755
    assert (target / "usr/share/doc/contact-ferry/copyright").stat().st_mode & 0o777 == 0o644
    copyright_text = (target / "usr/share/doc/contact-ferry/copyright").read_text(encoding="utf-8")
    assert "License: Expat\n MIT License\n .\n As is.\n" in copyright_text
    sums = deb.file_sums(target)
    assert "  usr/lib/contact-ferry/contact-ferry\n" in sums
    assert "usr/bin/contact-ferry" not in sums  # a link


def test_the_rpm_owns_its_folder_and_no_shared_one() -> None:
    files = ["/usr/bin/contact-ferry", "/usr/lib/contact-ferry/lib/a.so"]
    text = rpm.spec("1.2.3", ["ld-linux-x86-64.so.2", "libGL.so.1"], files)
    assert text.split("%files\n")[1].split() == ["/usr/lib/contact-ferry", "/usr/bin/contact-ferry"]
    assert "Requires: libGL.so.1()(64bit)\n" in text
    assert "ld-linux" not in text


def test_the_menu_entry_is_valid() -> None:
    text = DESKTOP.read_text(encoding="utf-8")
    assert "Exec=contact-ferry open %f\n" in text
    assert "text/csv;" in text
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("no desktop-file-validate here (Debian: apt-get install desktop-file-utils)")
    checked = subprocess.run(
        ["desktop-file-validate", str(DESKTOP)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_the_metadata_of_the_shop_is_valid(tmp_path: Path) -> None:
    text = METAINFO.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text.encode()).findtext("launchable") == DESKTOP.name
    filled = tmp_path / METAINFO.name
    filled.write_text(text.replace("@VERSION@", "1.2.3").replace("@DATE@", "2026-01-31"), encoding="utf-8")
    if shutil.which("appstreamcli") is None:
        pytest.skip("no appstreamcli here (Debian: apt-get install appstream)")
    checked = subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--no-color", str(filled)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not re.search(r"^E:", checked.stdout, re.MULTILINE), checked.stdout


def test_the_removal_says_where_settings_are_and_touches_none() -> None:
    text = (PACKAGING / "linux" / "postrm").read_text(encoding="utf-8")
    commands = [line for line in text.splitlines() if "rm -r" in line]
    assert commands
    assert all(line.strip().startswith("echo ") for line in commands)


def test_the_icons_are_what_they_say() -> None:
    ico = icon_files.ico({16: b"small", 256: b"large!"})
    assert struct.unpack_from("<HHH", ico) == (0, 1, 2)
    assert struct.unpack_from("<BB", ico, 6) == (16, 16)
    assert struct.unpack_from("<BB", ico, 22) == (0, 0)
    length, offset = struct.unpack_from("<II", ico, 22 + 8)
    assert ico[offset : offset + length] == b"large!"
    icns = icon_files.icns({16: b"a", 24: b"no name", 1024: b"bc"})
    assert icns == b"icns" + struct.pack(">I", 27) + b"icp4" + struct.pack(">I", 9) + b"a" + b"ic10" + (
        struct.pack(">I", 10) + b"bc"
    )


@pytest.mark.usefixtures("qapp")  # before the drawing makes a smaller one
def test_the_icon_is_drawn_in_every_size() -> None:
    drawn = icon_files.draw(ROOT / "resources" / "icons" / "contact_ferry.svg", (16, 64))
    assert {size: png[:8] for size, png in drawn.items()} == dict.fromkeys((16, 64), b"\x89PNG\r\n\x1a\n")


def test_the_bill_of_materials_names_every_package_of_the_lock() -> None:
    lock = (PACKAGING / "lock" / "run.txt").read_text(encoding="utf-8")
    names = notices.locked(lock)
    assert names["httpx"][0] == "0.28.1"
    assert all(hashes for _, hashes in names.values())
    parts = [notices.Component(name, *entry[:1], "MIT", entry[1]) for name, entry in names.items()]
    document = json.loads(json.dumps(notices.bill("1.2.3", parts, "3.13.1")))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    references = [part["bom-ref"] for part in document["components"]]
    assert "pkg:pypi/httpx@0.28.1" in references
    assert len(set(references)) == len(names) + 1
    assert document["dependencies"][0]["dependsOn"] == references


def test_the_small_spreadsheets_open(tmp_path: Path) -> None:
    for path in sample_files.write(tmp_path):
        with open_table(path) as table:
            assert [row.cells for row in table.rows()] == list(sample_files.ROWS[1:]), path.name


def test_the_windows_set_up_is_told_everything(tmp_path: Path) -> None:
    program = Program("1.2.3", tmp_path / "program", tmp_path / "icons", tmp_path)
    given = [word for word in setup.command(program, tmp_path / "setup.exe") if word.startswith("-D")]
    script = (PACKAGING / "windows" / "contact_ferry.nsi").read_text(encoding="utf-8")
    defined = set(re.findall(r"!define (\w+)", script))
    used = {name for name in re.findall(r"\$\{([A-Z]+)\}", script) if name not in defined}
    assert {word[2:].partition("=")[0] for word in given} == used


@pytest.mark.usefixtures("qapp")  # before the drawing makes a smaller one
def test_the_windows_set_up_compiles(tmp_path: Path) -> None:
    makensis = shutil.which("makensis")
    if makensis is None:
        pytest.skip("no makensis here (Debian: apt-get install nsis)")
    program = Program("1.2.3", tmp_path / "program", tmp_path / "icons", tmp_path)
    for folder in ("lib", "licences"):
        (program.folder / folder).mkdir(parents=True)
        (program.folder / folder / "file").touch()
    for name in ("Contact Ferry.exe", "contact-ferry.exe"):
        (program.folder / name).touch()
    program.icons.mkdir()
    drawn = icon_files.draw(ROOT / "resources" / "icons" / "contact_ferry.svg", (16, 32, 256))
    (program.icons / "contact_ferry.ico").write_bytes(icon_files.ico(drawn))
    target = tmp_path / "contact-ferry-1.2.3-setup.exe"
    done = subprocess.run(
        setup.command(program, target, makensis), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert target.read_bytes()[:2] == b"MZ"


def test_without_a_certificate_nothing_is_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not sign.sign(tmp_path / "a.exe", {})
    assert "not signed" in capsys.readouterr().err


def test_macos_signs_the_inside_first(tmp_path: Path) -> None:
    app = tmp_path / "A.app"
    (app / "Contents" / "Frameworks" / "deep").mkdir(parents=True)
    (app / "Contents" / "Frameworks" / "b.so").touch()
    (app / "Contents" / "Frameworks" / "deep" / "a.dylib").touch()
    signed = [Path(command[-1]).name for command in disk_image.signing_commands(app, "Someone")]
    assert signed == ["a.dylib", "b.so", "A.app"]
    plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())


def test_a_tag_must_say_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    version = version_of(ROOT)
    assert release.check_tag(f"v{version}", version) == 0
    assert release.check_tag("v99.0", version) == 1
    assert "v99.0" in capsys.readouterr().err


def test_secrets_become_private_files(tmp_path: Path) -> None:
    told = tmp_path / "environment"
    variables = {
        "MACOS_CERTIFICATE_BASE64": "aGVsbG8=",
        "WINDOWS_CERTIFICATE_BASE64": "",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ENV": str(told),
    }
    assert release.unpack_secrets(variables) == 0
    name, _, place = told.read_text(encoding="utf-8").strip().partition("=")
    assert name == "MACOS_CERTIFICATE"
    assert Path(place).read_bytes() == b"hello"
    assert Path(place).stat().st_mode & 0o777 == 0o600


def test_a_draft_carries_every_file_and_tells_the_sums_apart(tmp_path: Path) -> None:
    (tmp_path / "linux").mkdir()
    (tmp_path / "linux" / "a.deb").touch()
    (tmp_path / "linux" / "SHA256SUMS").touch()
    command = release.draft_command("v1.2.3", tmp_path)
    assert [Path(word).name for word in command[-2:]] == ["SHA256SUMS-linux", "a.deb"]
    assert "--draft" in command
    with pytest.raises(SetUpProblem, match="nothing to release"):
        release.draft_command("v1.2.3", tmp_path / "linux" / "none")


def test_every_command_of_the_release_is_a_script_of_ours() -> None:
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    commands = re.findall(r"run: (.+)", workflow)
    scripts = [part for command in commands for part in command.split() if part.startswith("packaging/")]
    assert all((ROOT / script).is_file() for script in scripts)
    others = [command for command in commands if "packaging/" not in command]
    assert [command.split()[:2] for command in others] == [["sudo", "apt-get"]]


def test_whom_to_ask_for_newer_versions_is_built_in_only_if_named(tmp_path: Path) -> None:
    assert write_releases("", tmp_path) == ""
    written = Path(write_releases("https://example.com/feed  https://example.com/page", tmp_path))
    assert written.read_text() == "https://example.com/feed\nhttps://example.com/page\n"


@pytest.mark.parametrize("addresses", ["https://example.com", "http://example.com/a https://example.com/b"])
def test_a_wrong_place_to_ask_for_newer_versions_stops_the_packaging(addresses: str, tmp_path: Path) -> None:
    with pytest.raises(SetUpProblem):
        write_releases(addresses, tmp_path)


def test_what_only_windows_needs_is_known_on_any_system() -> None:
    lock = (
        "# a note\n"
        "jeepney==0.9 ; sys_platform == 'linux' \\\n    --hash=sha256:11\n"
        "pefile==2024.8 ; sys_platform == 'win32' \\\n    --hash=sha256:22 \\\n    --hash=sha256:33\n"
        "zipp==4.1 ; python_full_version < '3.12' \\\n    --hash=sha256:44\n"
        "httpx==0.28 \\\n    --hash=sha256:55\n"
    )
    assert for_windows(lock).splitlines() == [
        "pefile==2024.8 \\",
        "    --hash=sha256:22 \\",
        "    --hash=sha256:33",
        "httpx==0.28 \\",
        "    --hash=sha256:55",
    ]
