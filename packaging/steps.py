"""One step of a set-up: a line that says what is being done, a quiet command, and a Problem in plain words.

It knows how to run a command and keep what it printed; it refuses to know what is being set up.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHOWN_LINES = 12
# What pip says besides the reason: each retry, and each package that is for another system.
NOISE = ("WARNING: Retrying", "Ignoring ")


class SetUpProblem(Exception):
    """The machine lacks something; the message says what, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended: its exit status and everything it printed."""

    status: int
    printed: str

    @property
    def last_lines(self) -> str:
        """The end of what it printed, where the reason for a failure usually is."""
        lines = [line for line in self.printed.splitlines() if line.strip() and not line.startswith(NOISE)]
        return "\n".join("    " + line for line in lines[-SHOWN_LINES:])


def say(sentence: str) -> None:
    """Tell how the set-up goes; on stderr, because stdout belongs to the command that was asked for."""
    print(sentence, file=sys.stderr, flush=True)


def run_quietly(command: Sequence[str], environment: Mapping[str, str]) -> Finished:
    """Run `command` and keep its output; a missing program is a SetUpProblem."""
    try:
        done = subprocess.run(
            command,
            env=dict(environment),
            stdin=None if sys.stdin is not None and sys.stdin.isatty() else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetUpProblem(f"{command[0]} could not be started: {error}.") from error
    return Finished(done.returncode, done.stdout)


def looks_distrusted(printed: str) -> bool:
    """Whether a tool's output says that it reached a server whose certificate it does not trust."""
    lowered = printed.lower()
    return "certificate_verify_failed" in lowered or "certificate verification failed" in lowered


def looks_offline(printed: str) -> bool:
    """Whether a tool's output says that it could not reach its server."""
    signs = (
        "failed to establish a new connection",
        "name resolution",
        "temporary failure resolving",
        "could not resolve",
        "name or service not known",
        "nodename nor servname",
        "getaddrinfo failed",
        "network is unreachable",
        "connection refused",
        "connection timed out",
        "could not connect",
        "unable to connect",
        "newconnectionerror",
        "connecttimeouterror",
        "proxyerror",
        "cannot initiate the connection",
    )
    lowered = printed.lower()
    return any(sign in lowered for sign in signs)
