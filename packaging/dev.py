"""The project's commands, from a bare machine: run, test, bench, package and lock, each doing its own set-up.

It needs Python 3.11 with pip and nothing else, and refuses to know what the program it starts does.

    python3 packaging/dev.py run                            open the wizard on the sample, practice account
    python3 packaging/dev.py test [PYTEST ARGUMENTS]        every check, then the tests
    python3 packaging/dev.py bench NAME [--rows N] [--json] one benchmark (no NAME: their list)
    python3 packaging/dev.py package [--verify]             the installers this system can make
    python3 packaging/dev.py lock [--upgrade]               write the lock files anew (needs uv)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
INTERRUPTED = 130

# An older Python must get a sentence, not a traceback.
if sys.version_info < OLDEST_PYTHON:
    sys.exit(f"Contact Ferry needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")


def main(arguments: Sequence[str]) -> int:
    """Do the command named first in `arguments` and give its exit status; 2 when there is no such command."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    commands = {"run": run, "test": test, "bench": bench, "package": package, "lock": lock}
    if command not in commands:
        print(__doc__)
        return 0 if command in ("-h", "--help") else 2

    from steps import SetUpProblem

    try:
        return commands[command](rest)
    except SetUpProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED


def run(arguments: list[str]) -> int:
    """Set up what the program needs, then open the wizard, or play its tour where there is no display."""
    import opening
    import system_packages
    from environment import Environment

    display = opening.has_display(sys.platform, os.environ)
    environment = Environment(ROOT)
    first_time = not environment.is_current("run")
    system_packages.provide(system_packages.needed_to_run(display), speak_elsewhere=first_time)
    environment.provide("run")
    return opening.open_wizard(environment, arguments) if display else opening.play_tour(environment)


def test(arguments: list[str]) -> int:
    """Set up what the tests need, then run every check and the tests; 0 only when all of them passed."""
    import checks
    import system_packages
    from environment import Environment

    environment = Environment(ROOT)
    first_time = not environment.is_current("test")
    system_packages.provide(system_packages.needed_to_run(display=False), speak_elsewhere=first_time)
    system_packages.provide_if_possible(system_packages.NEEDED_BY_KEYRING_TESTS)
    environment.provide("test")
    return checks.run_all(environment, arguments)


def bench(arguments: list[str]) -> int:
    """Set up as for the tests (some benchmarks race the libraries we test against), then run one."""
    import system_packages
    from environment import Environment

    environment = Environment(ROOT)
    first_time = not environment.is_current("test")
    system_packages.provide(system_packages.needed_to_run(display=False), speak_elsewhere=first_time)
    environment.provide("test")
    return environment.python([str(ROOT / "packaging" / "bench.py"), *arguments], offscreen=True)


def package(arguments: list[str]) -> int:
    """Build the program and its installers in build/package; with --verify try them in a clean system."""
    import package as packing
    import system_packages

    # With the libraries of a display present, PyInstaller finds the few of them that travel with us.
    needed = (*system_packages.needed_to_run(display=True), *system_packages.NEEDED_TO_PACKAGE)
    system_packages.provide(needed, speak_elsewhere=True)
    return packing.main(ROOT, arguments)


def lock(arguments: list[str]) -> int:
    """Write packaging/lock/run.txt, test.txt and package.txt anew from pyproject.toml."""
    import lock_files

    return lock_files.write(ROOT, upgrade="--upgrade" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
