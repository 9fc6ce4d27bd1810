"""Where things are kept, and that only their owner can look."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.settings.folders import Folders, make_private, user_folders


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    assert user_folders({"CONTACT_FERRY_HOME": str(tmp_path)}) == Folders(
        tmp_path / "settings", tmp_path / "imports", tmp_path / "logs"
    )


def test_without_it_the_systems_customs_hold() -> None:
    folders = user_folders({})
    for folder in (folders.settings, folders.imports, folders.logs):
        assert folder.is_absolute()
        assert "contact-ferry" in folder.parts
        assert not folder.exists()
    assert len({folders.settings, folders.imports, folders.logs}) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps profiles private by itself")
def test_a_private_folder_is_for_its_owner_only_even_if_it_was_not(tmp_path: Path) -> None:
    open_one = tmp_path / "open"
    open_one.mkdir(mode=0o755)
    for folder in (open_one, tmp_path / "new" / "inner"):
        make_private(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_a_problem_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileProblem, match="file"):
        make_private(tmp_path / "file")
    with pytest.raises(FileProblem) as caught:
        make_private(tmp_path / "file" / "below")
    assert "CONTACT_FERRY_HOME" in caught.value.advice
