"""How many extra requests may be spent on finding the contact for which a batch was refused.

Theory. Halving a refused batch of n until one culprit stands alone costs about 2 log2 n extra requests; with
every contact at fault it would cost 2 n. So each batch may cost what finding a few culprits costs, and the
whole upload a bounded share more than its plain number of requests. What is still refused when this is spent
counts as refused together.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log2

from app.ledger.batches import StoredBatch

CULPRITS_OF_A_BATCH = 4
FEWEST_OF_AN_UPLOAD = 400  # extra requests that any upload may cost
SHARE_OF_AN_UPLOAD = 50  # one extra request more for so many contacts


class SplitAllowance:
    """Counts the divisions of each batch as first planned. `parts` says into how many parts earlier runs
    divided which (by the id of the first)."""

    def __init__(self, parts: Mapping[int, int], contacts: int) -> None:
        self._splits = {root: count - 1 for root, count in parts.items()}
        self._sizes: dict[int, int] = {}
        self._most = max(FEWEST_OF_AN_UPLOAD, contacts // SHARE_OF_AN_UPLOAD)

    @property
    def extra_requests(self) -> int:
        """How many requests dividing has cost so far: two for each division."""
        return 2 * sum(self._splits.values())

    def allows(self, batch: StoredBatch) -> bool:
        """Whether a refused batch may be divided once more."""
        spent = self._splits.get(batch.root, 0)
        return 2 * spent < self._of_one(batch) and self.extra_requests < self._most

    def note(self, batch: StoredBatch) -> None:
        """The batch was divided."""
        self._splits[batch.root] = self._splits.get(batch.root, 0) + 1

    def _of_one(self, batch: StoredBatch) -> int:
        # Its size as first planned is that of the first part we meet; after a restart, of a smaller one.
        size = self._sizes.setdefault(batch.root, batch.size)
        return 2 * CULPRITS_OF_A_BATCH * ceil(log2(max(2, size)))
