"""Faults of the world, as things to tell the user: what is wrong, what to do, and the details.

A fault of ours is a bug and is never a Problem; a fault in the user's data is a Finding.
"""

from __future__ import annotations


class Problem(Exception):
    """Something outside the program is wrong, and the user can do something about it.

    `title` says what is wrong in a short sentence, `advice` says what to do, `details` holds what a
    supporter would ask for (never a secret, never a contact). All three are ready to be shown.
    """

    def __init__(self, title: str, advice: str, details: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.details = details

    def __reduce__(self) -> tuple[type[Problem], tuple[str, ...]]:
        # Problems cross from the child process to ours; Exception's own pickling would lose the advice.
        return type(self), (self.title, self.advice, self.details)

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".strip()


class FileProblem(Problem):
    """A file or folder can't be used: the choose_file page is where the user can act."""


class AccountProblem(Problem):
    """The provider does not accept the account: the choose_provider page is where the user can act."""


class NetworkProblem(Problem):
    """The provider can't be reached, or something else answers in its place."""


class ProxyProblem(NetworkProblem):
    """The network's proxy wants to know who is there; `proxy` is its host and port, and the details."""

    @property
    def proxy(self) -> str:
        return self.details


class OptionProblem(Problem):
    """An answer to one of the provider's options is wrong, and the account says so; `option` is its key."""

    def __init__(self, title: str, advice: str, details: str = "", option: str = "") -> None:
        super().__init__(title, advice, details)
        self.option = option

    def __reduce__(self) -> tuple[type[Problem], tuple[str, ...]]:
        return type(self), (self.title, self.advice, self.details, self.option)


class RecipeProblem(Problem):
    """A recipe can't be understood or does not fit the file."""
