"""The four states of a batch, and what follows from what: one table.

Theory. We can't know what a server did with a request whose answer we never saw. So the ledger says "sent"
before the request leaves, and "answered" together with every contact's outcome after the answer came; what
lies between is a doubt, and it is the only one. A doubt is written down as "unsure". An unsure batch may be
sent again only if the provider declares that repeating is harmless; until an answer comes the doubt stays,
whatever else happens, because a later refusal to listen (wait, stop) says nothing about the first request.

              | we send | answered | told to wait | told to stop | no answer | restart  | found missing
    planned   | sent    | -        | -            | -            | -         | planned  | -
    sent      | -       | answered | planned      | planned      | unsure    | unsure   | -
    unsure    | sent    | answered | unsure       | unsure       | unsure    | unsure   | planned
    answered  | -       | -        | -            | -            | -         | answered | -

"answered" is also what an unsure batch becomes when somebody looked into the account and found its contacts;
"found missing" when they are not there: only that takes a doubt away without an answer.

A batch that was sent while unsure keeps its doubt: for it, "sent" falls back to "unsure" where the table
says "planned". A dash is a bug of ours and raises.
"""

from __future__ import annotations

from enum import Enum

from app.ledger.batches import BatchState


class Event(Enum):
    """What can happen to a batch."""

    WE_SEND = "we send"
    ANSWERED = "answered"
    TOLD_TO_WAIT = "told to wait"
    TOLD_TO_STOP = "told to stop"
    NO_ANSWER = "no answer"
    RESTART = "restart"
    FOUND_MISSING = "found missing"


class ImpossibleMove(RuntimeError):
    """The table has a dash here: the engine has a bug."""


_P, _S, _U, _A = BatchState.PLANNED, BatchState.SENT, BatchState.UNSURE, BatchState.ANSWERED

NEXT: dict[BatchState, dict[Event, BatchState]] = {
    _P: {Event.WE_SEND: _S, Event.RESTART: _P},
    _S: {
        Event.ANSWERED: _A,
        Event.TOLD_TO_WAIT: _P,
        Event.TOLD_TO_STOP: _P,
        Event.NO_ANSWER: _U,
        Event.RESTART: _U,
    },
    _U: {
        Event.WE_SEND: _S,
        Event.ANSWERED: _A,
        Event.TOLD_TO_WAIT: _U,
        Event.TOLD_TO_STOP: _U,
        Event.NO_ANSWER: _U,
        Event.RESTART: _U,
        Event.FOUND_MISSING: _P,
    },
    _A: {Event.RESTART: _A},
}


def after(state: BatchState, event: Event, doubt: bool = False) -> BatchState:
    """The state that follows. Raises ImpossibleMove where the table has a dash."""
    try:
        following = NEXT[state][event]
    except KeyError:
        raise ImpossibleMove(f"{event.value!r} can't happen to a batch that is {state.value}") from None
    return _U if doubt and following is _P else following
