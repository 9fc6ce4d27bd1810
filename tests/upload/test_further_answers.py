"""More of what servers and what stands before them may say: the right outcome for every contact again."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.upload.upload import Ending
from tests.upload.strange_server import Exchange, Strange, strange_server
from tests.upload.test_strange_answers import (
    COUNT,
    HARMFUL_AND_EXACT,
    OWN,
    WAYS,
    act_and_say,
    both,
    check,
    head,
    held,
    meddled,
    say,
    taken_at_most,
    told,
    upload,
    with_body,
)


def parted(answer: bytes) -> tuple[list[bytes], bytes]:
    """Lines of the head without a length, and the body."""
    first, _, body = answer.partition(b"\r\n\r\n")
    return [line for line in first.split(b"\r\n") if not line.startswith(b"Content-Length")], body


def chunked(of: Callable[[bytes], bytes], *extra: bytes, keep: int | None = None) -> Callable[[bytes], bytes]:
    """The answer in chunks made by `of`, as much of it as `keep` says."""

    def change(answer: bytes) -> bytes:
        lines, body = parted(answer)
        told_so = b"\r\n".join([*lines, b"Transfer-Encoding: chunked", *extra, b"", b""])
        whole = told_so + of(body)
        return whole if keep is None else whole[:keep]

    return change


def in_bytes(body: bytes) -> bytes:
    return b"".join(b"1;name=value\r\n%c\r\n" % byte for byte in body) + b"0\r\nX-Trailer: yes\r\n\r\n"


def cut_in_a_chunk(body: bytes) -> bytes:
    return b"%x\r\n" % (len(body) + 5) + body


def without_an_end(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n"


def until_closed(answer: bytes) -> bytes:
    lines, body = parted(answer)
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body


def with_line_feeds(answer: bytes) -> bytes:
    first, _, body = answer.partition(b"\r\n\r\n")
    return first.replace(b"\r\n", b"\n") + b"\n\n" + body


def without_words(answer: bytes) -> bytes:
    return answer.replace(b" Answer\r\n", b"\r\n", 1)


def with_many_cookies(answer: bytes) -> bytes:
    first, gap, body = answer.partition(b"\r\n\r\n")
    return first + b"\r\nSet-Cookie: a=b; Path=/; HttpOnly" * 40 + gap + body


def silent_after(*pieces: bytes, acting: bool = False) -> Strange:
    def strange(exchange: Exchange) -> None:
        if acting:
            exchange.act()
        exchange.say(*pieces)
        exchange.wait(2)

    return strange


def reset_after_the_answer(exchange: Exchange) -> None:
    exchange.say(exchange.act())
    exchange.reset()


def in_two_with_a_rest(exchange: Exchange) -> None:
    answer = exchange.act()
    exchange.say(answer[:-1])
    if not exchange.wait(0.1):
        exchange.say(answer[-1:])


PASSING: dict[str, Strange] = {
    "100 and nothing more": silent_after(head("100 Continue")),
    "100 and nothing more, acted": silent_after(head("100 Continue"), acting=True),
    "103 and nothing more": silent_after(head("103 Early Hints", "Link: </x>"), acting=True),
    "a head and nothing more": silent_after(head("200 OK", "Content-Length: 5"), acting=True),
    "a first byte and nothing more": silent_after(b"H", acting=True),
    "cut in a chunk": meddled(chunked(cut_in_a_chunk)),
    "chunks without an end": meddled(chunked(without_an_end)),
    "chunks and two lengths": meddled(chunked(in_bytes, b"Content-Length: 3", b"Content-Length: 4")),
    "a chunk of a negative size": act_and_say(head("200 OK", "Transfer-Encoding: chunked"), b"-5\r\nhello"),
    "a chunk of a huge size": act_and_say(
        head("200 OK", "Transfer-Encoding: chunked"), b"fffffffffffffffff\r\nx"
    ),
    "a negative length": act_and_say(head("200 OK", "Content-Length: -1")),
    "a length in words": act_and_say(head("200 OK", "Content-Length: two")),
    "a length beyond all": act_and_say(head("200 OK", "Content-Length: 99999999999999999999"), b"x"),
    "a transfer nobody knows": act_and_say(head("200 OK", "Transfer-Encoding: banana"), b"x"),
    "utf-32": with_body(lambda body: body.decode().encode("utf-32")),
    "packed twice, said once": with_body(
        lambda body: gzip.compress(gzip.compress(body)), "Content-Encoding: gzip"
    ),
    "packed and cut at the first byte": with_body(
        lambda body: gzip.compress(body)[:1], "Content-Encoding: gzip"
    ),
    "packed, and a wrong check sum": with_body(
        lambda body: gzip.compress(body)[:-8] + b"\0" * 8, "Content-Encoding: gzip"
    ),
    "said to be packed, and is not": with_body(lambda body: body, "Content-Encoding: gzip"),
    "said to be zstandard": with_body(lambda body: body, "Content-Encoding: zstd"),
    "a line of head that is none": act_and_say(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
    "a status of four digits": act_and_say(b"HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"),
    "a status of letters": act_and_say(b"HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n"),
    "http 3.0": act_and_say(b"HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "a reason of a megabyte": act_and_say(b"HTTP/1.1 200 " + b"x" * 1_000_000 + b"\r\n\r\n"),
    **both("511 to sign in to the network", told("511 Network", b"<html>", "Content-Type: text/html")),
    **{
        f"{status}{acted}": strange
        for status in (505, 507, 508, 509, 510, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598)
        for acted, strange in both("", told(f"{status} What", b"error")).items()
    },
    "503 with a date in the future": say(
        told("503 Busy", b"", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT")
    ),
    "503 with an enormous time": say(told("503 Busy", b"", "Retry-After: 999999999999999999999999")),
    "503 with a broken number": say(told("503 Busy", b"", "Retry-After: 1.5.2")),
    "503 with digits of elsewhere": say(told("503 Busy", b"", "Retry-After: \u0663")),
    "429 without a word": say(told("429 Slow", b"", "Retry-After: ")),
    "408 that hangs up": say(told("408 Timeout", b"", "Connection: close")),
}  # fmt: skip
FINE: dict[str, Strange] = {
    "chunks of a byte, with names and a trailer": meddled(chunked(in_bytes)),
    "a body until the line is closed": meddled(until_closed),
    "line feeds alone": meddled(with_line_feeds),
    "no words behind the status": meddled(without_words),
    "forty cookies": meddled(with_many_cookies),
    "a reset after the answer": reset_after_the_answer,
    "the last byte later": in_two_with_a_rest,
    "packed in two members": with_body(
        lambda body: gzip.compress(body[:1]) + gzip.compress(body[1:]), "Content-Encoding: gzip"
    ),
    "packed by x-gzip": with_body(gzip.compress, "Content-Encoding: x-gzip"),
    "packed by zlib": with_body(zlib.compress, "Content-Encoding: deflate"),
    "an identity that is said": with_body(lambda body: body, "Content-Encoding: identity"),
    "a type that is none": with_body(lambda body: body, "Content-Type: nonsense; charset=utf-99"),
}


@pytest.mark.parametrize("way", ["sociocs", "octopush", "smsend anew", "emarsys"])
@pytest.mark.parametrize("fault", PASSING)
def test_a_further_strange_answer_loses_nobody_and_sends_nobody_twice(
    fault: str, way: str, tmp_path: Path
) -> None:
    with strange_server(WAYS[way].provider, PASSING[fault], range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])


@pytest.mark.parametrize("way", ["sociocs", "octopush", "smsend anew", "emarsys"])
@pytest.mark.parametrize("fault", FINE)
def test_an_unusual_answer_never_harms(fault: str, way: str, tmp_path: Path) -> None:
    with strange_server(WAYS[way].provider, FINE[fault], range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])
        assert taken_at_most(server) == 1 or WAYS[way].harmless


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_closes_after_every_answer_slows_only(way: str, tmp_path: Path) -> None:
    def closing(answer: bytes) -> bytes:
        return answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)

    with strange_server(WAYS[way].provider, meddled(closing)) as server:
        assert len(upload(tmp_path / "l", server, WAYS[way]).good) == COUNT
        assert taken_at_most(server) == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_drops_every_line_it_promised_to_keep_slows_only(way: str, tmp_path: Path) -> None:
    with strange_server(WAYS[way].provider, meddled(lambda answer: answer)) as server:
        found = upload(tmp_path / "l", server, WAYS[way])
        if not WAYS[way].harmless:
            assert taken_at_most(server) == 1
        assert len(found.good) + found.totals.unsure + found.totals.not_sent == COUNT
        assert held(server) >= found.good


PARTIAL = {
    "204": told("204 No Content", b"").replace(b"Content-Length: 0\r\n", b""),
    "204 with a body": head("204 No Content", "Content-Length: 2") + b"{}",
    "205": told("205 Reset", b""),
    "206": told("206 Partial", b'{"status":"success"}', "Content-Range: bytes 0-9/99"),
    "203 of a proxy": told("203 Non-Authoritative", b"{}"),
    "207 of many": told("207 Multi-Status", b'{"responses":[]}'),
    "226": told("226 IM Used", b"{}"),
    "299": told("299 What", b"{}"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("words", PARTIAL)
def test_another_success_than_the_documented_one_counts_nobody_wrongly(
    words: str, way: str, tmp_path: Path
) -> None:
    with strange_server(WAYS[way].provider, act_and_say(PARTIAL[words]), range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])


SHAPES: dict[str, object] = {
    "more ids than contacts": {"replyCode": 0, "data": {"ids": list(range(40))}},
    "fewer ids than contacts": {"replyCode": 0, "data": {"ids": [1]}},
    "ids as texts": {"replyCode": 0, "data": {"ids": ["1", "2"]}},
    "ids as nothing": {"replyCode": 0, "data": {"ids": None}},
    "ids with gaps": {"replyCode": 0, "data": {"ids": [1, None]}},
    "the same id twice": {"replyCode": 0, "data": {"ids": [1, 1]}},
    "a code as true": {"replyCode": True, "data": {"ids": [1, 2]}},
    "a code as nothing": {"replyCode": None, "data": {"ids": [1, 2]}},
    "a code as a fraction": {"replyCode": 0.5, "data": {"ids": [1, 2]}},
    "a success of another kind": {"status": True},
    "a success in a list": [{"status": "success"}],
    "errors as a list": {"replyCode": 0, "data": {"ids": [1, 2], "errors": [["a", "b"]]}},
    "a count as a text": "2",
    "a count as a fraction": 2.5,
    "a count as an exponent": 2e0,
}


@pytest.mark.parametrize("way", ["sociocs", *HARMFUL_AND_EXACT, "emarsys update"])
@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_of_another_shape_after_it_was_saved_sends_nobody_twice(
    shape: str, way: str, tmp_path: Path
) -> None:
    words = act_and_say(told("200 OK", json.dumps(SHAPES[shape]).encode()))
    with strange_server(WAYS[way].provider, words, range(1, 2)) as server:
        check(tmp_path / "l", server, WAYS[way])


def test_the_shapes_say_nothing_a_provider_says() -> None:
    assert all(json.dumps(shape).encode() not in OWN.values() for shape in SHAPES.values())


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_half_of_the_notes_gone_in_the_middle_sends_nobody_twice(ending: str, tmp_path: Path) -> None:
    """Nothing can be promised of what was noted in it; but never that somebody goes twice unseen."""
    way, path = WAYS["smsend anew"], tmp_path / "l"
    gone: list[bool] = []

    def lose(exchange: Exchange) -> bool:
        beside = path.with_name(path.name + ending)
        if not gone and beside.exists():
            beside.unlink()
            gone.append(True)
        exchange.say(exchange.act())
        return True

    with strange_server(way.provider, lose) as server:
        found = upload(path, server, way)
        assert gone
        assert taken_at_most(server) == 1
        assert found.end.ending is Ending.FINISHED
        assert held(server) == found.good
