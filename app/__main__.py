"""python -m app: starts Contact Ferry. Nothing happens when this is only imported, as child processes do."""

from __future__ import annotations

import sys

from app.main import main

if __name__ == "__main__":
    sys.exit(main())
