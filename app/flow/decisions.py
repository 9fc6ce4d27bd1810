"""What can be decided about a list that is already checked, without checking all of it again.

Values, and their text in a ledger; who depends on them is rechecking's to know.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.rules import NO_RULES, Rules, plain_rules, rules_from


@dataclass(frozen=True, slots=True)
class Decisions:
    """The country of phone numbers that name none (ISO 3166 or empty), which row of the same person is sent,
    and the rules for single fields."""

    default_country: str = ""
    duplicates: DuplicatePolicy = DuplicatePolicy.KEEP_FIRST
    rules: Rules = NO_RULES


def decisions_text(decisions: Decisions) -> str:
    """The decisions as a ledger keeps them."""
    plain = {
        "country": decisions.default_country,
        "duplicates": decisions.duplicates.value,
        "rules": plain_rules(decisions.rules),
    }
    return json.dumps(plain, ensure_ascii=False)


def decisions_from(text: str) -> Decisions:
    """The decisions that `decisions_text` wrote. Raises ValueError, LookupError."""
    plain = json.loads(text)
    return Decisions(plain["country"], DuplicatePolicy(plain["duplicates"]), rules_from(plain["rules"]))
