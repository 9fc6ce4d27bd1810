"""The practice rooms, one line each, and what signs a newcomer in to them.

Knows which rooms there are; a new provider's room is one more line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.practice import emarsys_sign_in, octopush, smsend, sociocs
from app.practice.emarsys import EmarsysRoom
from app.practice.octopush import OctopushRoom
from app.practice.room import Room
from app.practice.smsend import SmsendRoom
from app.practice.sociocs import SociocsRoom

ROOMS: tuple[type[Room], ...] = (SmsendRoom, EmarsysRoom, SociocsRoom, OctopushRoom)

# The only credentials the rooms accept; anyone may know them.
PRACTICE_SECRETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        SmsendRoom.name: smsend.SECRETS,
        EmarsysRoom.name: emarsys_sign_in.SECRETS,
        SociocsRoom.name: sociocs.SECRETS,
        OctopushRoom.name: octopush.SECRETS,
    }
)


def open_rooms() -> list[Room]:
    """A fresh account at every provider."""
    return [room() for room in ROOMS]
