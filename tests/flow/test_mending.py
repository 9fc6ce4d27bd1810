"""A list that is not there is found before anyone is created where it can be, and chosen anew on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.contacts.mapping import ColumnMapping
from app.flow.access import PracticeAccess, practice_access
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft, new_draft
from app.flow.mending import answer_in, mendable_options, with_other_answer
from app.flow.reading import read_file
from app.flow.resuming import draft_of
from app.flow.unfinished import unfinished_imports
from app.flow.uploading import upload
from app.practice.emarsys import EmarsysRoom
from app.practice.room import Seed
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import OptionProblem, Problem
from app.progress import Stop
from app.providers.options import Options
from app.table.shape import ReadingChoice
from app.upload.upload import Ending, UploadEnd

NOBODY = 77  # a list that is not there


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    (tmp_path / "people.csv").write_text("E-mail\nanna@example.com\nbob@example.com\n", "utf-8")
    file = read_file(tmp_path / "people.csv", ReadingChoice(), tmp_path)
    made = new_draft("emarsys").with_file(file)
    made = made.with_options(Options({**made.options, "action": "create_and_list", "list_id": NOBODY}))
    made = made.with_mapping(ColumnMapping().with_field("3", 0))
    return made.with_checked(check_contacts(made))


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer() as opened:
        yield opened


@pytest.fixture
def mute() -> Iterator[PracticeServer]:
    """An account that does not let its lists be read."""
    with PracticeServer(rooms=[EmarsysRoom(Seed(forbidden=(f"contactlist/{NOBODY}/count",)))]) as opened:
        yield opened


def sent(draft: ImportDraft, server: PracticeServer) -> UploadEnd:
    access = practice_access(draft, PracticeAccess(server.address, PRACTICE_SECRETS["emarsys"]))
    return upload(draft, access, lambda _: None, Stop())


def test_a_list_that_is_not_there_is_found_before_anyone_is_created(
    draft: ImportDraft, server: PracticeServer, tmp_path: Path
) -> None:
    end = sent(draft, server)
    assert isinstance(end.problem, OptionProblem)
    assert (end.problem.option, end.totals.not_sent) == ("list_id", 2)
    assert server.rooms["emarsys"].contacts() == []
    (kept,) = unfinished_imports(tmp_path)
    end = sent(with_other_answer(draft_of(kept), "list_id", 1002), server)
    assert (end.ending, end.totals.created) == (Ending.FINISHED, 2)
    assert [one["lists"] for one in server.rooms["emarsys"].contacts()] == [[1002], [1002]]


def test_where_lists_may_not_be_read_whoever_was_created_goes_to_the_list_chosen_then(
    draft: ImportDraft, mute: PracticeServer, tmp_path: Path
) -> None:
    end = sent(draft, mute)
    assert isinstance(end.problem, OptionProblem)
    assert (end.totals.not_sent, end.halfway) == (2, 2)
    assert [one["lists"] for one in mute.rooms["emarsys"].contacts()] == [[], []]
    (kept,) = unfinished_imports(tmp_path)
    mended = with_other_answer(draft_of(kept), "list_id", 1001)
    end = sent(mended, mute)
    assert (end.halfway, end.ending, end.totals.created) == (0, Ending.FINISHED, 2)
    assert [one["lists"] for one in mute.rooms["emarsys"].contacts()] == [[1001], [1001]]
    with pytest.raises(Problem, match="any more"):
        with_other_answer(mended, "list_id", 1002)


def test_an_address_that_cannot_be_asked_stops_nothing(draft: ImportDraft, server: PracticeServer) -> None:
    good = with_other_answer(draft, "list_id", 1001)
    room = server.rooms["emarsys"]
    end = sent(good, server)
    assert (end.ending, end.totals.created) == (Ending.FINISHED, 2)
    assert room.requests == 3  # a look at the list, creating, adding


@pytest.mark.parametrize(
    "said", ["list_id", "list_id=", "list_id=x", "list_id=-1", "action=create", "key_id=37", "nothing=1", ""]
)
def test_only_what_was_not_sent_can_be_decided_otherwise(draft: ImportDraft, said: str) -> None:
    assert mendable_options(draft) == ("list_id",)
    with pytest.raises(Problem):
        answer_in(draft, said)


def test_another_answer_is_read_as_its_option_wants_it(draft: ImportDraft) -> None:
    assert answer_in(draft, " list_id = 1002 ") == ("list_id", 1002)
