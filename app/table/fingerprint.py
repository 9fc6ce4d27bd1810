"""Works out the fingerprint of a file, the SHA-256 of its bytes, in a thread beside the reading of its rows.

It knows nothing of formats, and refuses to go on when nobody wants to know any more.
"""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

from app.table import faults

_CHUNK = 1 << 18


class Fingerprint:
    """Begins at once; use as a context manager, which ends with the thread gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = ""
        self._error: OSError | MemoryError | None = None
        self._unwanted = False
        self._thread = threading.Thread(target=self._work, name="fingerprint", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:
            raise MemoryError from error  # which is what a thread can't be started without

    def text(self) -> str:
        """The fingerprint in hex, as soon as it is known. Raises FileProblem where the file can't be read."""
        self._thread.join()
        if isinstance(self._error, OSError):
            raise faults.unreadable(self._path, self._error)
        if self._error is not None:
            raise self._error
        return self._text

    def __enter__(self) -> Fingerprint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unwanted = True
        self._thread.join()

    def _work(self) -> None:
        try:
            import hashlib

            digest = hashlib.sha256()
            with self._path.open("rb", buffering=0) as stream:
                while not self._unwanted and (chunk := stream.read(_CHUNK)):
                    digest.update(chunk)
            self._text = digest.hexdigest()
        except (OSError, MemoryError) as error:
            self._error = error
