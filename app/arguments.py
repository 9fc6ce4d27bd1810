"""The words of the command line: which commands there are, and what each takes.

Reads them and nothing else; doing what they say is main's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.language import LANGUAGES


def read_arguments(given: Sequence[str]) -> argparse.Namespace:
    """What is asked for; `command` is None if nothing is. Wrong words end the program with status 2."""
    # With nothing asked for the window opens, and nobody waits for the words of every command.
    return _parser().parse_args(given) if given else argparse.Namespace(command=None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="contact-ferry", description="Bring a spreadsheet of people into a messaging provider."
    )
    parser.add_argument("--version", action="version", version=f"Contact Ferry {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_open(commands.add_parser("open", help="open the wizard (as with no command)"))
    _add_run(commands.add_parser("run", help="import a file by a recipe, without a window"))
    _add_resume(commands.add_parser("resume", help="continue an import that was interrupted"))

    recipe = commands.add_parser("recipe", help="print a suggested recipe for a file")
    recipe.add_argument("file", type=Path, metavar="FILE")
    recipe.add_argument("--provider", required=True, metavar="NAME")

    practice = commands.add_parser("practice", help="serve the practice accounts on this computer")
    practice.add_argument("--port", type=int, default=0, metavar="N")

    _add_tour(commands.add_parser("tour", help="play the wizard on the sample and check the result"))

    support = commands.add_parser("support", help="show the details that support needs; save them as OUT.zip")
    support.add_argument("file", nargs="?", type=Path, metavar="OUT.zip")

    # Not in the list of commands: for packagers and supporters.
    tried = commands.add_parser("self-test", description="Try what may break in an installed program.")
    tried.add_argument("parts", nargs="*", metavar="PART", help="what to try (default: everything)")
    tried.add_argument("--files", nargs="*", type=Path, default=[], metavar="FILE", help="open these too")
    return parser


def _add_open(opened: argparse.ArgumentParser) -> None:
    opened.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the spreadsheet to begin with")
    opened.add_argument("--sample", action="store_true", help="begin with the sample list")
    opened.add_argument("--practice", action="store_true", help="use the practice account (the default)")


def _add_run(run: argparse.ArgumentParser) -> None:
    run.add_argument("file", type=Path, metavar="FILE")
    run.add_argument("--recipe", type=Path, required=True, metavar="RECIPE.toml")
    where = run.add_mutually_exclusive_group()
    where.add_argument("--practice", action="store_true", help="send to the practice account")
    where.add_argument(
        "--server", default="", metavar="URL", help="send to this address (http: loopback only)"
    )
    run.add_argument("--token-server", default="", metavar="URL", help="where access tokens are issued")
    _add_reports(run)
    run.add_argument(
        "--exclude", type=Path, metavar="FILE", help="a do-not-contact list: leave its people out"
    )
    run.add_argument("--json", action="store_true", help="print the totals as JSON")


def _add_resume(resume: argparse.ArgumentParser) -> None:
    resume.add_argument("id", nargs="?", default="", metavar="ID", help="which one, if there are several")
    resume.add_argument("--list", action="store_true", help="list the imports that can be continued")
    resume.add_argument("--server", default="", metavar="URL", help="the address it was begun at")
    resume.add_argument("--token-server", default="", metavar="URL", help="where its tokens were issued")
    resume.add_argument(
        "--option", action="append", default=[], metavar="KEY=VALUE", help="decide an option otherwise"
    )
    resume.add_argument(
        "--unsure", choices=("arrived", "missing"), help="you looked: what became of those that are unsure"
    )
    _add_reports(resume)
    resume.add_argument("--json", action="store_true", help="print the totals, or the list, as JSON")


def _add_reports(command: argparse.ArgumentParser) -> None:
    command.add_argument("--report", type=Path, metavar="OUT.xlsx", help="save what became of each row")
    command.add_argument(
        "--to-mend", type=Path, metavar="OUT.xlsx", help="save only the rows that did not arrive, and why"
    )


def _add_tour(tour: argparse.ArgumentParser) -> None:
    tour.add_argument("file", nargs="?", type=Path, metavar="FILE")
    tour.add_argument("--screenshots", type=Path, metavar="DIR", help="save a picture of every page here")
    tour.add_argument("--provider", default="smsend", metavar="NAME")
    tour.add_argument("--language", choices=LANGUAGES, help="in this language")
    tour.add_argument("--dark", action="store_true", help="with dark colours")
    tour.add_argument("--all", action="store_true", help="in every language, light and dark, and at 200 %%")
