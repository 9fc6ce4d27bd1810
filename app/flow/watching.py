"""upload, as someone watches it: opens the way to the account, and tells how far all the steps together are.

Passes secrets from the keyring on to the sender and keeps none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.uploading import Access, account_access, practice_access, upload
from app.progress import Stop
from app.upload.upload import Phase, UploadEnd, UploadProgress

TELL_EVERY = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Seen:
    """How far an upload is, for the eye: `share` of all its `steps`, from 0.0 to 1.0."""

    progress: UploadProgress
    steps: int
    share: float


def watched_upload(draft: ImportDraft, parts: Parts, tell: Callable[[Seen], None], stop: Stop) -> UploadEnd:
    """Send what is not sent yet. Raises what `upload` raises, and Stopped before there was anything."""
    if draft.file is None:
        raise LookupError("nothing is checked yet")
    access = access_of(draft, parts)
    stop.check()
    steps = len(draft.provider.steps(draft.options))
    return upload(draft, access, _Watcher(steps, tell), stop)


def access_of(draft: ImportDraft, parts: Parts) -> Access:
    """The way to the draft's account. Opens the practice server or the keyring, so it may take a while.

    Raises Problem where the keyring does not answer.
    """
    if draft.destination.practice:
        return practice_access(draft, parts.practice(draft.provider_name))
    stored = parts.credentials()
    account = draft.destination.account
    secrets = {one.key: stored.read(account, one.key) or "" for one in draft.provider.secrets(draft.options)}
    return account_access(draft, secrets)


class _Watcher:
    """Passes on how far the upload is, about ten times a second, and each change of phase at once."""

    def __init__(self, steps: int, tell: Callable[[Seen], None]) -> None:
        self._steps = steps
        self._tell = tell
        self._next = 0.0
        self._last: tuple[Phase, int] | None = None

    def __call__(self, progress: UploadProgress) -> None:
        now, what = time.monotonic(), (progress.phase, progress.step)
        if what == self._last and now < self._next:
            return
        self._last, self._next = what, now + TELL_EVERY
        self._tell(Seen(progress, self._steps, progress.share))
