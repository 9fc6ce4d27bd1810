"""Opens the way to the draft's account: the practice room, or a stored account with its secrets.

May start the practice server or ask the system's password store: for background work only.
"""

from __future__ import annotations

from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.uploading import Access, account_access, practice_access


def access_of(draft: ImportDraft, parts: Parts) -> Access:
    """Everything it takes to speak to the draft's account. Raises Problem where a store does not answer."""
    if draft.destination.practice:
        return practice_access(draft, parts.practice(draft.provider_name))
    stored, account = parts.credentials(), draft.destination.account
    asked = draft.provider.secrets(draft.options)
    return account_access(draft, {one.key: stored.read(account, one.key) or "" for one in asked})
