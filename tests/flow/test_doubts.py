"""What only the user can settle is kept until it is: closing the program does not forget it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.flow.checking import check_contacts
from app.flow.doubts import doubts_of, settle_doubt
from app.flow.draft import ImportDraft
from app.flow.resuming import put_away
from app.flow.unfinished import unfinished_imports
from app.flow.watching import note_ending, watched_upload
from app.practice.faults import HangUp
from app.progress import Stop
from app.upload.upload import Ending, UploadEnd
from tests.ui.import_scene import Scene, checked_draft, scene_with


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """All were sent in one request to smsend, which was to add them anew; the answer never came."""
    draft = checked_draft(tmp_path)
    draft = draft.with_options(draft.options.with_value("updateExistingContact", False))
    draft = draft.with_checked(check_contacts(draft))
    with scene_with(draft, tmp_path) as opened:
        opened.server.fault = lambda request: (
            HangUp(acted=False) if request.path.endswith("contact") else None
        )
        watched_upload(draft, opened.session.parts, lambda _: None, Stop())
        opened.server.fault = None
        yield opened


def test_an_import_with_doubts_can_be_continued(scene: Scene, tmp_path: Path) -> None:
    (unfinished,) = unfinished_imports(tmp_path)
    assert unfinished.totals.unsure == 3
    assert put_away(_ledger(scene.session.draft))


def test_those_who_are_not_there_wait_to_be_sent(scene: Scene, tmp_path: Path) -> None:
    draft = scene.session.draft
    (doubt,) = doubts_of(draft)
    assert settle_doubt(draft, doubt, arrived=False).not_sent == 3
    assert put_away(_ledger(draft))
    end = watched_upload(draft, scene.session.parts, lambda _: None, Stop())
    assert end.totals.answered == 3
    assert not unfinished_imports(tmp_path)


def test_when_all_have_arrived_it_is_finished(scene: Scene, tmp_path: Path) -> None:
    draft = scene.session.draft
    (doubt,) = doubts_of(draft)
    totals = settle_doubt(draft, doubt, arrived=True)
    assert totals.unsure == 0
    assert unfinished_imports(tmp_path), "until it is noted"
    assert note_ending(draft, UploadEnd(Ending.FINISHED, totals), scene.session.parts.folders) is None
    assert not unfinished_imports(tmp_path)
    assert not put_away(_ledger(draft))


def _ledger(draft: ImportDraft) -> Path:
    assert draft.file is not None
    return draft.file.ledger
