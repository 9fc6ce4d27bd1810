"""Whole journeys without a window: a real file, a real practice account, the totals and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.flow.remembered import remembered_recipes
from app.main import SAMPLE, main
from app.practice.exchange import PracticeResponse
from app.practice.faults import HangUp, Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.providers.known import PROVIDERS
from app.settings.accounts import Account, add_account, new_account_id, remove_account
from app.settings.folders import user_folders
from app.table.reading import open_table
from app.table.writing import write_table

NAMES = [provider.name for provider in PROVIDERS]


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    opened = PracticeServer()
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def sign_in(provider: str) -> None:
        for key, value in PRACTICE_SECRETS[provider].items():
            monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)

    return sign_in


def recipe_for(folder: Path, provider: str, columns: dict[str, str], **options: object) -> Path:
    lines = [f'provider = "{provider}"', 'default_country = "GB"']
    lines += ['agreed = ["overwrites"]'] if provider == "sociocs" else []
    lines += ["[columns]"]
    lines += [f'"{header}" = "{key}"' for header, key in columns.items()]
    lines += ["[options]", *(f"{key} = {json.dumps(value)}" for key, value in options.items())]
    path = folder / f"{provider}.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def people(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "people.xlsx"
    write_table(path, ("E-mail", "Mobile", "Name"), rows, sheet="People")
    return path


GOOD = ("ann@example.com", "07700 900001", "Ann")


@pytest.mark.parametrize(("found", "held"), [("missing", 2), ("arrived", 1)])
def test_those_in_doubt_wait_until_the_user_has_looked(
    tmp_path: Path,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    found: str,
    held: int,
) -> None:
    """To add them again might harm here: only the user can tell, and until then nothing is forgotten."""
    signed_in("smsend")
    file = people(tmp_path, GOOD, ("", "07700 900002", "Bob"))
    options = {"updateExistingContact": False, "batch_size": 1}
    recipe = recipe_for(tmp_path, "smsend", {"Mobile": "phoneNumber"}, **options)
    posts = iter(range(100))
    lost = HangUp(acted=False)
    server.fault = lambda request: lost if request.path.endswith("contact") and next(posts) == 1 else None
    run = ["run", str(file), "--recipe", str(recipe), "--server", server.address, "--json"]
    assert main(run) == 1
    said = capsys.readouterr()
    assert (numbers(said.out)["accepted"], numbers(said.out)["unsure"]) == (1, 1)
    assert "--unsure missing" in said.err

    assert main(["resume", "--json"]) == 1
    assert numbers(capsys.readouterr().out)["unsure"] == 1
    assert main(["resume", "--unsure", found, "--json"]) == 0
    assert numbers(capsys.readouterr().out)["accepted"] == 2
    assert len(server.rooms["smsend"].contacts()) == held
    assert main(["resume", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_import_that_was_interrupted_is_continued_and_then_forgotten(
    tmp_path: Path,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("sociocs")
    file = people(tmp_path, GOOD, ("", "07700 900002", "Bob"), ("", "07700 900003", "Cyd"))
    recipe = recipe_for(tmp_path, "sociocs", {"Mobile": "phone_number"}, batch_size=1)
    posts = iter(range(100))
    revoked = Refuse(PracticeResponse(401))
    server.fault = lambda request: revoked if request.method == "POST" and next(posts) == 1 else None
    run = ["run", str(file), "--recipe", str(recipe), "--server", server.address, "--json"]
    assert main(run) == 2
    assert numbers(capsys.readouterr().out)["accepted"] == 1
    assert main(["resume", "--list", "--json"]) == 0
    (unfinished,) = json.loads(capsys.readouterr().out)
    assert (unfinished["file"], unfinished["accepted"], unfinished["not_sent"]) == (file.name, 1, 2)
    assert main(["resume", "nothing-like-it"]) == 2
    assert main(["resume", unfinished["id"], "--json", "--report", str(tmp_path / "report.xlsx")]) == 0
    assert numbers(capsys.readouterr().out.splitlines()[-1])["accepted"] == 3
    assert (tmp_path / "report.xlsx").exists()
    assert len(server.rooms["sociocs"].contacts()) == 3
    assert main(["resume", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_what_can_be_continued_says_to_which_account_it_goes(
    tmp_path: Path,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("smsend")
    shop = Account(new_account_id(), "smsend", "Shop in Bath", server.address)
    add_account(user_folders(), shop)
    recipe = recipe_for(tmp_path, "smsend", {"Mobile": "phoneNumber"})
    recipe.write_text('account = "Shop in Bath"\n' + recipe.read_text("utf-8"), "utf-8")
    server.fault = lambda request: Refuse(PracticeResponse(401)) if request.path.endswith("contact") else None
    assert main(["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--json"]) == 2
    capsys.readouterr()

    assert main(["resume", "--list"]) == 0
    assert "smsend, account “Shop in Bath”" in capsys.readouterr().out
    assert main(["resume", "--list", "--json"]) == 0
    (unfinished,) = json.loads(capsys.readouterr().out)
    assert (unfinished["account"], unfinished["practice"]) == ("Shop in Bath", False)

    remove_account(user_folders(), shop.id)  # it is listed all the same
    assert main(["resume", "--list", "--json"]) == 0
    (unfinished,) = json.loads(capsys.readouterr().out)
    assert (unfinished["provider"], unfinished["account"]) == ("smsend", "")


def numbers(printed: str) -> dict[str, int]:
    totals: dict[str, int] = json.loads(printed)
    assert totals["read"] == sum(totals[key] for key in ("blank", "left_out", "duplicates", "to_send"))
    outcomes = ("created", "updated", "accepted", "refused", "unsure", "not_sent")
    assert totals["to_send"] == sum(totals[key] for key in outcomes)
    return totals


@pytest.mark.parametrize("provider", NAMES)
def test_the_sample_reaches_every_provider(
    provider: str,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in(provider)
    assert main(["recipe", str(SAMPLE), "--provider", provider]) == 0
    recipe = tmp_path / "recipe.toml"
    suggested = capsys.readouterr().out
    recipe.write_text(suggested.replace("agreed = []", 'agreed = ["overwrites"]'), "utf-8")
    report = tmp_path / "report.xlsx"
    where = ["--server", server.address, "--token-server", server.address]
    status = main(["run", str(SAMPLE), "--recipe", str(recipe), *where, "--report", str(report), "--json"])
    said = capsys.readouterr()
    assert status == 1, said.err  # the sample has rows that must be left out
    totals = numbers(said.out)
    arrived = totals["created"] + totals["updated"] + totals["accepted"]
    assert arrived == totals["to_send"] > 300
    assert len(server.rooms[provider].contacts()) == arrived
    with open_table(report) as table:
        rows = list(table.rows())
    assert len(rows) == totals["read"] - totals["blank"]


def test_all_good_rows_end_with_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"}, list_name="Autumn")
    assert main(["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--practice", "--json"]) == 0
    assert numbers(capsys.readouterr().out)["accepted"] == 1


def test_a_row_left_out_ends_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD, ("bob@example.com", "12", "Bob"))
    assert main(["run", str(file), "--recipe", str(recipe), "--practice", "--json"]) == 1
    assert numbers(capsys.readouterr().out)["left_out"] == 1


def test_people_on_a_do_not_contact_list_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD, ("bob@example.com", "+44 7700 900002", "Bob"))
    leave_out = tmp_path / "do-not-contact.csv"
    leave_out.write_text("Phone\n07700900002\nask Bob\n", "utf-8")
    order = ["run", str(file), "--recipe", str(recipe), "--practice", "--json", "--exclude", str(leave_out)]
    assert main(order) == 1
    printed = capsys.readouterr()
    totals = numbers(printed.out)
    assert (totals["left_out"], totals["accepted"]) == (1, 1)
    assert "1 cell of the do-not-contact list was not understood" in printed.err


def test_wrong_credentials_end_with_status_2_and_say_what_to_do(
    server: PracticeServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONTACT_FERRY_SECRET_API_LOGIN", "nobody@example.com")
    monkeypatch.setenv("CONTACT_FERRY_SECRET_API_KEY", "s3cret-words")
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD)
    assert main(["run", str(file), "--recipe", str(recipe), "--server", server.address, "--json"]) == 2
    printed = capsys.readouterr()
    assert numbers(printed.out)["not_sent"] == 1
    assert printed.err.strip()
    assert "s3cret-words" not in printed.out + printed.err


def test_no_credentials_end_with_status_2_and_name_the_variables(
    server: PracticeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD)
    assert main(["run", str(file), "--recipe", str(recipe), "--server", server.address]) == 2
    assert "CONTACT_FERRY_SECRET_API_KEY" in capsys.readouterr().err


def test_plain_http_to_another_machine_is_refused(
    signed_in: Callable[[str], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("octopush")
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD)
    assert main(["run", str(file), "--recipe", str(recipe), "--server", "http://192.0.2.1"]) == 2
    assert "not secure" in capsys.readouterr().err


def test_a_captive_portal_is_named_and_nothing_counts_as_sent(
    server: PracticeServer,
    signed_in: Callable[[str], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("octopush")
    page = PracticeResponse(200, {"Content-Type": "text/html"}, b"<html>Welcome to the hotel</html>")
    server.fault = lambda _: Refuse(page)
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD)
    assert main(["run", str(file), "--recipe", str(recipe), "--server", server.address, "--json"]) == 2
    assert numbers(capsys.readouterr().out)["accepted"] == 0


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 not a sheet", b"PK\x03\x04 broken"], ids=["empty", "pdf", "broken"]
)
def test_a_file_that_is_no_list_ends_with_status_2(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(content)
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    assert main(["run", str(file), "--recipe", str(recipe), "--practice", "--json"]) == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out)["problem"]["advice"]
    assert printed.err.count("\n") >= 2


def test_a_missing_field_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Name": "first_name"})
    assert main(["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--practice"]) == 2
    assert "phone_number" in capsys.readouterr().err


def test_a_report_is_never_written_over_a_file_that_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    file = people(tmp_path, GOOD)
    before = file.read_bytes()
    assert main(["run", str(file), "--recipe", str(recipe), "--practice", "--report", str(file)]) == 2
    assert file.read_bytes() == before
    assert "written over" in capsys.readouterr().err


def test_a_report_without_a_folder_is_told_before_anything_is_sent(
    server: PracticeServer, signed_in: Callable[[str], None], tmp_path: Path
) -> None:
    signed_in("octopush")
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    order = ["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--server", server.address]
    assert main([*order, "--report", str(tmp_path / "nowhere" / "report.xlsx")]) == 2
    assert server.rooms["octopush"].requests == 0


def test_a_report_that_cant_be_saved_hides_no_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    place = tmp_path / "report.xlsx"
    place.mkdir()
    order = ["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--practice", "--json"]
    assert main([*order, "--report", str(place)]) == 2
    assert numbers(capsys.readouterr().out)["accepted"] == 1


def test_first_and_last_name_are_joined_where_a_provider_has_one_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recipe", str(SAMPLE), "--provider", "sociocs"]) == 0
    assert 'name = {join = ["Nome", "Cognome"]' in capsys.readouterr().out


def test_nothing_personal_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACT_FERRY_HOME", str(tmp_path / "home"))
    recipe = recipe_for(tmp_path, "octopush", {"Mobile": "phone_number"})
    main(["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--practice"])
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    for path in kept:
        content = path.read_bytes()
        assert b"ann@example.com" not in content, path
        assert b"900001" not in content, path


def test_a_recipe_is_learned_from_a_completed_upload_and_from_no_other(
    tmp_path: Path, server: PracticeServer, signed_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTACT_FERRY_HOME", str(tmp_path / "home"))
    signed_in("octopush")
    run = ["run", str(people(tmp_path, GOOD))]
    recipe = str(recipe_for(tmp_path, "octopush", {"Mobile": "phone_number", "Name": "first_name"}))
    server.fault = lambda _: Refuse(PracticeResponse(200, {"Content-Type": "text/html"}, b"<html>Welcome"))
    assert main([*run, "--recipe", recipe, "--server", server.address]) == 2
    assert remembered_recipes(user_folders()) == ((), None)
    assert main([*run, "--recipe", recipe, "--practice"]) == 0
    [learned], problem = remembered_recipes(user_folders())
    assert (learned.name, learned.learned, problem) == ("people.xlsx", True, None)
    assert learned.recipe.columns == (("Mobile", "phone_number"), ("Name", "first_name"))
    assert "ann@example.com" not in learned.text


def test_an_upload_that_overwrites_unasked_has_to_be_agreed_to(
    tmp_path: Path,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("sociocs")
    file, recipe = people(tmp_path, GOOD), tmp_path / "silent.toml"
    recipe.write_text(
        'provider = "sociocs"\ndefault_country = "GB"\n[columns]\nMobile = "phone_number"\n', "utf-8"
    )
    run = ["run", str(file), "--recipe", str(recipe), "--server", server.address]
    assert main(run) == 2
    assert 'agreed = ["overwrites"]' in capsys.readouterr().err
    assert server.rooms["sociocs"].requests == 0
    assert main(["run", str(file), "--recipe", str(recipe), "--practice"]) == 0


def test_a_wrong_list_is_told_before_anything_is_sent_and_named_again_on_resuming(
    tmp_path: Path,
    server: PracticeServer,
    signed_in: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    signed_in("emarsys")
    recipe = recipe_for(tmp_path, "emarsys", {"E-mail": "3"}, action="create_and_list", list_id=77)
    run = ["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), "--server", server.address]
    assert main(run) == 2
    assert "list number 77" in capsys.readouterr().err
    assert server.rooms["emarsys"].contacts() == []
    assert main(["resume", "--option", "list_id=1002", "--json"]) == 0
    assert numbers(capsys.readouterr().out)["created"] == 1
    (ann,) = server.rooms["emarsys"].contacts()
    assert ann["lists"] == [1002]


@pytest.mark.parametrize("path", ["", "/", "/oauth2/token"])
def test_a_token_address_without_a_path_gets_the_documented_one(
    path: str, tmp_path: Path, server: PracticeServer, signed_in: Callable[[str], None]
) -> None:
    signed_in("emarsys")
    recipe = recipe_for(tmp_path, "emarsys", {"E-mail": "3"}, sign_in="oauth2")
    where = ["--server", server.address, "--token-server", f"{server.address}{path}"]
    assert main(["run", str(people(tmp_path, GOOD)), "--recipe", str(recipe), *where]) == 0
    assert len(server.rooms["emarsys"].contacts()) == 1
