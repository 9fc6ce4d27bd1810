"""python -m app: starts Contact Ferry, or the child process that a packaged program asks itself to be."""

from __future__ import annotations

import sys

from app.child.words import CHILD

if __name__ == "__main__":
    if sys.argv[1:] == [CHILD]:
        from app.child.inside import serve

        serve()
    from app.main import main

    sys.exit(main())
