"""python -m app: starts Contact Ferry, or the child process that a packaged program asks itself to be."""

from __future__ import annotations

import sys

from app.child.words import CHILD

if __name__ == "__main__":
    if sys.argv[1:] == [CHILD]:
        from app.child.inside import serve

        serve()
    try:
        from app.main import main

        status = main()
    except KeyboardInterrupt:  # before there was any work that could be asked to stop
        status = 130
    sys.exit(status)
