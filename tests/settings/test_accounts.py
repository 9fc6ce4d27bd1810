"""Accounts: kept, changed and forgotten, without ever a secret beside them."""

from __future__ import annotations

import json
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from app.problems import AccountProblem, FileProblem
from app.settings.accounts import (
    FILE_NAME,
    Account,
    account_named,
    add_account,
    list_accounts,
    new_account_id,
    remove_account,
    replace_account,
)
from app.settings.folders import Folders

SHOP = Account("0123456789abcdef", "emarsys", "Shop", "https://api.example.com/", "", {"method": "oidc"})
CLUB = Account("fedcba9876543210", "octopush", "Club")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")


def test_accounts_come_back_in_the_order_they_were_added(folders: Folders) -> None:
    assert list_accounts(folders) == ((), None)
    add_account(folders, SHOP)
    add_account(folders, CLUB)
    assert list_accounts(folders) == ((SHOP, CLUB), None)


def test_a_replaced_account_keeps_its_place(folders: Folders) -> None:
    add_account(folders, SHOP)
    add_account(folders, CLUB)
    renamed = replace(SHOP, name="Web shop")
    replace_account(folders, renamed)
    assert list_accounts(folders)[0] == (renamed, CLUB)
    with pytest.raises(KeyError):
        replace_account(folders, replace(SHOP, id="0" * 16))


def test_a_removed_account_is_gone_and_removing_twice_is_fine(folders: Folders) -> None:
    add_account(folders, SHOP)
    remove_account(folders, SHOP.id)
    remove_account(folders, SHOP.id)
    assert list_accounts(folders) == ((), None)


def test_an_account_is_found_by_name_or_id_of_its_provider_only(folders: Folders) -> None:
    add_account(folders, SHOP)
    assert account_named(folders, "emarsys", "Shop") == SHOP
    assert account_named(folders, "emarsys", SHOP.id) == SHOP
    assert account_named(folders, "octopush", "Shop") is None
    assert account_named(folders, "emarsys", "") is None


def test_two_accounts_of_a_provider_have_two_names(folders: Folders) -> None:
    add_account(folders, SHOP)
    with pytest.raises(AccountProblem, match="name"):
        add_account(folders, replace(SHOP, id=new_account_id(), name="SHOP"))
    add_account(folders, replace(SHOP, id=new_account_id(), provider="octopush"))


@pytest.mark.parametrize("field", ["server", "token_server"])
@pytest.mark.parametrize("address", ["https://me:word@example.com/", "https://example.com/?key=word"])
def test_an_address_with_a_password_never_reaches_the_file(
    folders: Folders, field: str, address: str
) -> None:
    add_account(folders, CLUB)
    account = replace(SHOP, server=address) if field == "server" else replace(SHOP, token_server=address)
    with pytest.raises(AccountProblem, match="password"):
        add_account(folders, account)
    assert "word" not in (folders.settings / FILE_NAME).read_text(encoding="utf-8")


def test_the_file_holds_these_words_and_no_others(folders: Folders) -> None:
    add_account(folders, SHOP)
    content = json.loads((folders.settings / FILE_NAME).read_text(encoding="utf-8"))
    (account,) = content["accounts"]
    assert set(account) == {"id", "provider", "name", "server", "token_server", "sign_in"}


@pytest.mark.parametrize(
    "account",
    [
        7,
        {},
        {"id": "x", "provider": "emarsys", "name": "Shop"},
        {"id": SHOP.id, "provider": "emarsys"},
        {"id": SHOP.id, "provider": "emarsys", "name": "Shop", "sign_in": {"a": 1}},
        {"id": SHOP.id, "provider": "emarsys", "name": "Shop", "server": None},
    ],
)
def test_a_damaged_file_is_set_aside_and_said(folders: Folders, account: object) -> None:
    folders.settings.mkdir()
    file = folders.settings / FILE_NAME
    file.write_text(json.dumps({"version": 1, "accounts": [account]}), encoding="utf-8")
    accounts, problem = list_accounts(folders)
    assert accounts == ()
    assert isinstance(problem, FileProblem)
    assert file.with_name(f"{FILE_NAME}.broken").exists()


def test_nothing_is_written_over_accounts_that_could_not_be_read(folders: Folders) -> None:
    folders.settings.mkdir()
    file = folders.settings / FILE_NAME
    file.write_text("{", encoding="utf-8")
    with pytest.raises(FileProblem, match="damaged"):
        add_account(folders, SHOP)
    assert not file.exists()
    add_account(folders, SHOP)
    assert list_accounts(folders) == ((SHOP,), None)


def test_ids_are_new_every_time() -> None:
    assert len({new_account_id() for _ in range(100)}) == 100


def test_an_id_used_twice_is_a_bug(folders: Folders) -> None:
    add_account(folders, SHOP)
    with pytest.raises(ValueError, match="id"):
        add_account(folders, replace(SHOP, name="Other"))


def add_some(folder: str, first: int, together: Barrier) -> None:
    """What one window does while others do the same."""
    together.wait(60)
    folders = Folders(Path(folder), Path(folder), Path(folder))
    for number in range(first, first + 10):
        add_account(folders, Account(new_account_id(), "smsend", f"Account {number}"))


def test_windows_that_add_accounts_at_once_lose_none(folders: Folders) -> None:
    context = get_context("spawn")
    together = context.Barrier(3)
    processes = [
        context.Process(target=add_some, args=(str(folders.settings), 10 * number, together))
        for number in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list_accounts(folders)[0]) == 30
