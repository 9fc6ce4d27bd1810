"""Whatever a server says, and whether it acted before or not: the right outcome for every contact."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.rooms import PRACTICE_SECRETS
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.options import Options, OptionValue
from app.providers.verdicts import GOOD
from app.upload.sending import Addresses, Patience, Sender
from app.upload.upload import Ending, Upload, UploadEnd
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone
from tests.upload.strange_server import Exchange, Strange, StrangeServer, strange_server

COUNT = 6
IMPATIENT = Patience(connect=2.0, silence=0.3, whole=0.6, largest=200_000)


@dataclass(frozen=True)
class Way:
    """A way to upload: whether sending twice is harmless, and how the phone number is called."""

    provider: str
    field: str
    values: dict[str, OptionValue]
    harmless: bool


WAYS = {
    "sociocs": Way("sociocs", "phone_number", {"batch_size": 2}, True),
    "octopush": Way("octopush", "phone_number", {"batch_size": 2}, True),
    "smsend": Way("smsend", "phoneNumber", {"batch_size": 2}, True),
    "smsend anew": Way("smsend", "phoneNumber", {"batch_size": 2, "updateExistingContact": False}, False),
    "emarsys": Way("emarsys", "37", {"action": "create", "key_id": "37"}, True),
    "emarsys update": Way("emarsys", "37", {"action": "update", "key_id": "37"}, True),
}


HARMFUL_AND_EXACT = ("smsend anew", "emarsys")  # which any mistake would show in first


def say(*pieces: bytes) -> Strange:
    return lambda exchange: exchange.say(*pieces)


def act_and_say(*pieces: bytes) -> Strange:
    def strange(exchange: Exchange) -> None:
        exchange.act()
        exchange.say(*pieces)

    return strange


def head(status: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def told(status: str, body: bytes, *lines: str) -> bytes:
    return head(status, f"Content-Length: {len(body)}", "Content-Type: application/json", *lines) + body


def both(name: str, *pieces: bytes) -> dict[str, Strange]:
    """The same words from a server that acted, and from one that did not."""
    return {name: say(*pieces), f"{name}, acted": act_and_say(*pieces)}


def drip(of: Callable[[Exchange], bytes], pause: float = 0.1) -> Strange:
    def strange(exchange: Exchange) -> None:
        for byte in of(exchange):
            exchange.say(bytes([byte]))
            if exchange.wait(pause):
                return

    return strange


def meddled(change: Callable[[bytes], bytes]) -> Strange:
    """The room acts, and its answer is changed on the way."""
    return lambda exchange: exchange.say(change(exchange.act()))


def endless_chunks(exchange: Exchange) -> None:
    exchange.act()
    exchange.say(head("200 OK", "Transfer-Encoding: chunked"))
    for _ in range(100):
        exchange.say(b"1\r\n1\r\n")
        if exchange.wait(0.02):
            return


def half_of_it(answer: bytes) -> bytes:
    return answer[: len(answer) // 2]


def longer(answer: bytes) -> bytes:
    first, _, body = answer.partition(b"\r\n\r\n")
    return first.replace(b"Content-Length: ", b"Content-Length: 9") + b"\r\n\r\n" + body


def shorter(answer: bytes) -> bytes:
    first, _, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in first.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, b"Content-Length: 1", b"", b""]) + body


def as_1_0(answer: bytes) -> bytes:
    lines = [line for line in answer.partition(b"\r\n\r\n")[0].split(b"\r\n") if b"Length" not in line]
    return b"\r\n".join([b"HTTP/1.0" + lines[0][8:], *lines[1:], b"", answer.partition(b"\r\n\r\n")[2]])


def with_body(change: Callable[[bytes], bytes], *lines: str) -> Strange:
    def changed(answer: bytes) -> bytes:
        first, _, body = answer.partition(b"\r\n\r\n")
        kept = [line for line in first.split(b"\r\n") if not line.startswith(b"Content-Length")]
        new = change(body)
        added = [f"Content-Length: {len(new)}".encode(), *(line.encode() for line in lines)]
        return b"\r\n".join([*kept, *added, b"", new])

    return meddled(changed)


def interim(answer: bytes) -> bytes:
    return head("102 Processing") + head("103 Early Hints", "Link: </x>") + head("100 Continue") + answer


def endless_interim(exchange: Exchange) -> None:
    exchange.act()
    for _ in range(100):
        exchange.say(head("102 Processing"))
        if exchange.wait(0.02):
            return


def reset_at_once(exchange: Exchange) -> None:
    exchange.reset()


def reset_after_head(exchange: Exchange) -> None:
    exchange.act()
    exchange.say(b"HTTP/1.1 200 OK\r\nContent-Le")
    exchange.reset()


PASSING: dict[str, Strange] = {
    "drip of the head": drip(lambda exchange: exchange.act()),
    "half a head": meddled(lambda answer: answer[:20]),
    "half an answer": meddled(half_of_it),
    "reset at once": reset_at_once,
    "reset in the head": reset_after_head,
    "content-length too large": meddled(longer),
    "endless chunks": endless_chunks,
    "endless interim answers": endless_interim,
    "a broken chunk": act_and_say(head("200 OK", "Transfer-Encoding: chunked"), b"zz\r\nhello\r\n"),
    "two lengths": act_and_say(head("200 OK", "Content-Length: 5", "Content-Length: 6"), b"hello"),
    "gzip garbage": act_and_say(told("200 OK", b"\x1f\x8b\x08garbage", "Content-Encoding: gzip")),
    "gzip broken off": with_body(lambda body: gzip.compress(body)[:-6], "Content-Encoding: gzip"),
    "brotli nobody asked for": with_body(lambda body: body, "Content-Encoding: br"),
    "utf-16": with_body(lambda body: body.decode().encode("utf-16")),
    "another protocol": act_and_say(b"220 mail.example.com ESMTP ready\r\n"),
    "a tls alert": act_and_say(b"\x15\x03\x03\x00\x02\x02\x28"),
    "http 2": act_and_say(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18),
    "nul bytes": act_and_say(b"\x00" * 2_000),
    "enormous head": act_and_say(head("200 OK", *(f"X-{n}: {'y' * 1000}" for n in range(300)))),
    "switching protocols": act_and_say(head("101 Switching Protocols", "Upgrade: h2c")),
    **both("500 with a good body", told("500 Oh", b'{"status":"success"}')),
    **both("502 and a page", head("502 Bad", "Content-Type: text/html", "Content-Length: 6") + b"<html>"),
    **both("599", told("599 What", b"")),
    **both("999", told("999 What", b"")),
    "425": say(told("425 Too Early", b"")),
    "429 with a negative time": say(told("429 Slow", b"", "Retry-After: -5")),
    "429 with a date gone by": say(told("429 Slow", b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT")),
    "429 with a strange date": say(told("429 Slow", b"", "Retry-After: Fri, 31 Feb 9999 99:99:99 GMT")),
    "429 with no number": say(told("429 Slow", b"", "Retry-After: NaN")),
    "429 with infinity": say(told("429 Slow", b"", "Retry-After: 1e400")),
    "429 with two times": say(told("429 Slow", b"", "Retry-After: 1", "Retry-After: 2")),
    "429 that hangs up": say(told("429 Slow", b"", "Connection: close")),
}
FINE: dict[str, Strange] = {
    "http 1.0 that closes": meddled(as_1_0),
    "interim answers before it": meddled(interim),
    "a byte order mark": with_body(lambda body: b"\xef\xbb\xbf" + body),
    "packed": with_body(gzip.compress, "Content-Encoding: gzip"),
    "blanks around": with_body(lambda body: b" \r\n" + body + b"\r\n "),
}


@dataclass(frozen=True)
class Found:
    end: UploadEnd
    totals: OutcomeTotals
    good: set[str]
    unsure: set[str]


def upload(path: Path, server: StrangeServer, way: Way) -> Found:
    provider = known(way.provider)
    options = options_of(provider, **way.values)
    stop = Stop()
    clock = Impatient(stop)
    if not path.exists():
        ledger_with(path, COUNT, lambda row: {way.field: phone(row)}).close()
    with Ledger.open(path) as ledger, _sender(server, provider, options) as sender:
        steps = provider.steps(options)
        for step in steps:
            step.batch_size = 2
        end = Upload(ledger, steps, provider.pace, sender, lambda _: None, stop, clock.now, clock.pause).run()
        finals = {one.row: one.final for one in ledger.outcomes.journeys(len(steps))}
        good = {phone(row) for row, final in finals.items() if final in GOOD}
        unsure = {phone(row) for row, final in finals.items() if final.value == "unsure"}
        assert ledger.outcomes.totals(len(steps)) == end.totals
    return Found(end, end.totals, good, unsure)


def _sender(server: StrangeServer, provider: Provider, options: Options) -> Sender:
    address = f"{server.address}{provider.base_path(options)}"
    sign_in = provider.sign_in(PRACTICE_SECRETS[provider.name], options)
    return Sender(Addresses(address, f"{server.address}/oauth2/token", practice=True), sign_in, IMPATIENT)


def taken_at_most(server: StrangeServer) -> int:
    return max(server.taken.values(), default=0)


def held(server: StrangeServer) -> set[str]:
    text = json.dumps(server.room.contacts())
    return {phone(row) for row in range(2, COUNT + 2) if phone(row).removeprefix("+") in text}


def check(path: Path, server: StrangeServer, way: Way) -> None:
    """Run under the fault, then without: nothing is lost, and nothing is sent twice where that does harm."""
    first = upload(path, server, way)
    assert first.totals.sum == COUNT
    assert first.good <= held(server), "counted as arrived, and is not there"
    missing = {phone(row) for row in range(2, COUNT + 2)} - first.good - first.unsure
    if not way.harmless:
        assert taken_at_most(server) <= 1
        assert not missing & held(server), "counted as not sent, and is there"
    server.strange = None
    again = upload(path, server, way)
    assert again.totals.sum == COUNT
    assert again.end.ending is Ending.FINISHED
    if way.harmless:
        assert (len(again.good), again.totals.unsure) == (COUNT, 0)
        assert held(server) == again.good
    else:
        assert taken_at_most(server) <= 1
        assert again.totals.unsure + len(again.good) == COUNT
        assert again.good <= held(server)


@pytest.mark.parametrize("way", ["sociocs", "octopush", "smsend anew"])
@pytest.mark.parametrize("fault", PASSING)
def test_a_strange_answer_loses_nobody_and_sends_nobody_twice(fault: str, way: str, tmp_path: Path) -> None:
    with strange_server(WAYS[way].provider, PASSING[fault], range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", FINE)
def test_an_unusual_but_sound_answer_is_understood(fault: str, way: str, tmp_path: Path) -> None:
    with strange_server(WAYS[way].provider, FINE[fault], range(1, 2)) as server:
        found = upload(tmp_path / "l", server, WAYS[way])
        assert len(found.good) == COUNT
        assert taken_at_most(server) == 1


OWN = {  # what each provider says of two contacts that went well
    "sociocs": b'{"status":"success"}',
    "smsend": b"2",
    "emarsys": b'{"replyCode":0,"replyText":"OK","data":{"ids":[1,2],"errors":[]}}',
    "octopush": b"",
}
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "true": b"true",
    "ok": b'"ok"',
    "ok, no json": b"OK",
    "not a number": b'{"status":NaN,"replyCode":NaN,"data":{"ids":NaN}}',
    "infinity": b"Infinity",
    "nested objects": b'{"a":' * 30_000,
    "nested lists": b"[" * 150_000,
    "keys twice": b'{"status":"success","status":"no","replyCode":0,"replyCode":9999,"data":{"ids":[1,2]}}',
    "values as lists": b'{"status":["success"],"replyCode":[0],"data":[]}',
    "keys of another case": b'{"STATUS":"success","replycode":0}',
    "more than were sent": b"99",
    "a negative count": b"-2",
    "a long count": b"2" * 100_000,
    "ids of others": b'{"replyCode":0,"replyText":"OK","data":{"ids":[1,2,3,4,5,6,7,8]}}',
    "errors of others": b'{"replyCode":0,"data":{"ids":[],"errors":{"+390000":{"2009":"x"}}}}',
    "errors of a strange shape": b'{"replyCode":0,"replyText":"OK","data":{"ids":{},"errors":7}}',
    "data as a text": b'{"replyCode":0,"replyText":"OK","data":"two"}',
    "code as a text": b'{"replyCode":"zero","replyText":0,"data":null}',
    "a huge number": b'{"replyCode":' + b"9" * 5_000 + b',"data":{"ids":[1,2]}}',
    "a huge exponent": b'{"status":1e999,"replyCode":1e999}',
    "lone surrogates": b'{"status":"\\ud800","replyText":"\\udfff"}',
    "a nul": b'{"status":"success\\u0000"}',
    "success among other words": b'{"status":"not a success"}',
    "a page without a type": b"<!doctype html><title>Sign in</title>",
    "a file": b"%PDF-1.7 " + bytes(range(256)),
    **{f"what {name} says": body for name, body in OWN.items() if body},
}


@pytest.mark.parametrize("way", ["sociocs", "smsend anew", "emarsys"])
@pytest.mark.parametrize("body", BODIES)
def test_words_that_are_not_the_providers_are_no_success(body: str, way: str, tmp_path: Path) -> None:
    status = "202 Accepted" if len(body) % 2 else "200 OK"
    fault = None if BODIES[body] == OWN[WAYS[way].provider] else say(told(status, BODIES[body]))
    with strange_server(WAYS[way].provider, fault, range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])


NOT_ACTED_ON = (
    301,
    302,
    307,
    308,
    402,
    405,
    406,
    407,
    410,
    411,
    412,
    414,
    415,
    416,
    417,
    421,
    426,
    428,
    431,
    451,
)
NOBODYS = (300, 303, 304, 305, 306, 399, 409, 418, 423, 424, 444, 449, 460, 498, 499)


@pytest.mark.parametrize("way", HARMFUL_AND_EXACT)
@pytest.mark.parametrize("status", NOT_ACTED_ON)
def test_a_refusal_by_the_rules_of_http_sends_it_later(status: int, way: str, tmp_path: Path) -> None:
    words = told(f"{status} No", b"", "Location: /elsewhere")
    with strange_server(WAYS[way].provider, say(words), range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])
        assert taken_at_most(server) == 1
        assert len(held(server)) == COUNT


@pytest.mark.parametrize("way", HARMFUL_AND_EXACT)
@pytest.mark.parametrize("status", NOBODYS)
def test_a_status_from_nobodys_documents_may_come_after_it_was_saved(
    status: int, way: str, tmp_path: Path
) -> None:
    words = told(f"{status} What", b"", "Location: /elsewhere")
    for number, strange in enumerate((say(words), act_and_say(words))):
        with strange_server(WAYS[way].provider, strange, range(1, 2)) as server:
            check(tmp_path / f"{number}", server, WAYS[way])


def twice(exchange: Exchange) -> None:
    answer = exchange.act()
    exchange.say(answer + answer)


def twice_in_a_row(exchange: Exchange) -> None:
    answer = exchange.act()
    exchange.say(answer, answer)


TOO_MUCH: dict[str, Strange] = {
    "twice": twice,
    "twice in a row": twice_in_a_row,
    "longer than announced": meddled(shorter),
    "another answer behind it": lambda exchange: exchange.say(exchange.act(), told("500 Oh", b"")),
    "blanks behind it": lambda exchange: exchange.say(exchange.act() + b"\r\n\r\n"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", TOO_MUCH)
def test_what_is_said_beyond_an_answer_is_not_the_answer_to_the_next_request(
    fault: str, way: str, tmp_path: Path
) -> None:
    said = iter((True, False))

    def then_silence(exchange: Exchange) -> bool:
        """The next request is not acted on, and its line is left without an answer of its own."""
        if next(said):
            TOO_MUCH[fault](exchange)
            return True
        exchange.wait(0.05)
        return False

    with strange_server(WAYS[way].provider, then_silence, range(2)) as server:
        check(tmp_path / "l", server, WAYS[way])
