"""The commands that bring nothing into an account: `recipe`, `support` and `practice`.

Each prints what was asked for and returns its exit status; what a recipe or a summary says is flow's.
"""

from __future__ import annotations

from pathlib import Path

from app.flow.draft import ImportDraft, ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.flow.recipe_text import recipe_of, recipe_text
from app.flow.reopening import reopened
from app.flow.support import save_support, support_text
from app.language import tr
from app.ledger.ledger import erase
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import Problem, RecipeProblem
from app.providers.known import PROVIDERS, provider_named
from app.table.shape import ReadingChoice
from app.terminal import interrupt_as_stop, print_problem

DONE, PROBLEM = 0, 2


def suggest_recipe(file: Path, provider: str, country: str, parts: Parts) -> int:
    """Print a recipe suggested for a file; for a report, as its columns were matched for this provider."""
    try:
        if provider_named(provider) is None:
            names = ", ".join(one.name for one in PROVIDERS)
            raise RecipeProblem(
                tr('There is no provider "{name}".', name=provider), tr("Providers: {names}.", names=names)
            )
        read = read_file(file, ReadingChoice(), parts.folders.imports)
        try:
            draft = _begun(new_draft(provider, country), read)
        finally:
            erase(read.ledger)
        print(recipe_text(recipe_of(draft)), end="")
    except Problem as problem:
        print_problem(problem, as_json=False)
        return PROBLEM
    return DONE


def _begun(draft: ImportDraft, file: ReadFile) -> ImportDraft:
    again = reopened(draft, file)
    if again is not None and again.provider_name == draft.provider_name:
        return again
    return with_suggested_mapping(draft.with_file(file))


def show_support(path: Path | None, parts: Parts) -> int:
    """Print what a supporter needs to know, and save just that where `path` says."""
    text = support_text(parts.folders)
    print(text)
    if path is not None:
        save_support(text, path)
        print(tr("Saved: {path}", path=path))
    return DONE


def serve_practice(port: int) -> int:
    """Serve the practice rooms until interrupted."""
    try:
        server = PracticeServer(port)
    except Problem as problem:
        print_problem(problem, as_json=False)
        return PROBLEM
    with interrupt_as_stop() as stop:
        server.start()
        print(tr("The practice accounts are at {address}", address=server.address))
        for name, secrets in PRACTICE_SECRETS.items():
            print(f"  {name}: " + ", ".join(f"{key}={value}" for key, value in secrets.items()))
        print(tr("What an account holds: {address}/practice/<name>", address=server.address))
        print(tr("Press Ctrl+C to end."), flush=True)
        while not stop.wait(3600):
            pass
        server.close()
    return DONE
