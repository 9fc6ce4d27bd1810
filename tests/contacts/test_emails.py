"""E-mail addresses: the library's verdict, whatever way it is reached, and hints that stay hints."""

from __future__ import annotations

import random

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.emails import EmailReader, EmailReading, likely_domain, looks_like_email


def valid_by_the_library(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


GOOD = [
    "anna@example.com",
    "anna.rossi+news@example.co.uk",
    "o'neill@example.org",
    "a@b.it",
    "info@example.museum",
    "ANNA_rossi-1@example.com",
    "josé@example.com",
    "anna@müller.example.de",
    "anna@xn--mller-kva.de",
    "用户@例子.广告",
    "x" * 64 + "@example.com",
    "x" * 70 + "@example.com",
]
BAD = [
    "anna",
    "anna@",
    "@example.com",
    "anna@example",
    "anna@@example.com",
    "anna@exam ple.com",
    "an na@example.com",
    "anna@example..com",
    ".anna@example.com",
    "anna.@example.com",
    "an..na@example.com",
    "anna@-example.com",
    "anna@example-.com",
    "anna@example.c0m1",
    "anna@ab--cd.com",
    "anna@localhost",
    "anna@example.test",
    "anna@example.invalid",
    "anna@192.168.1.1",
    "anna@[192.168.1.1]",
    '"anna rossi"@example.com',
    "anna＠example.com",
    "anna@" + "x" * 64 + ".com",
    "anna@" + ".".join(["x" * 50] * 5) + ".com",
    "x" * 250 + "@example.com",
    "an\u0301na\u200b@example.com",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_addresses_are_valid(text: str) -> None:
    assert valid_by_the_library(text)
    assert EmailReader().read(text).address


@pytest.mark.parametrize("text", BAD)
def test_bad_addresses_are_not(text: str) -> None:
    assert not valid_by_the_library(text)
    assert EmailReader().read(text) == EmailReading("")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Anna@EXAMPLE.Com", "Anna@example.com"),
        ("INFO@example.com", "INFO@example.com"),
        ("anna@MÜLLER.example.de", "anna@müller.example.de"),
    ],
)
def test_only_the_domain_is_put_in_small_letters(text: str, address: str) -> None:
    assert EmailReader().read(text) == EmailReading(address)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Anna Rossi <anna@example.com>", EmailReading("anna@example.com", True)),
        ('"Rossi, Anna" <anna@example.com>;', EmailReading("anna@example.com", True)),
        ("mailto:anna@example.com", EmailReading("anna@example.com", True)),
        ("anna@example.com.", EmailReading("anna@example.com", True)),
        ("anna@example.com;", EmailReading("anna@example.com", True)),
        ("<anna@example.com>", EmailReading("anna@example.com", True)),
        ("anna@example.com, luca@example.org", EmailReading("anna@example.com", True, "luca@example.org")),
        ("anna@example.com luca@example.org", EmailReading("anna@example.com", True, "luca@example.org")),
        ("anna@example.com / luca@example.org", EmailReading("anna@example.com", True, "luca@example.org")),
        ("anna@example.com; anna@example.com", EmailReading("anna@example.com", True)),
        (
            "anna@example.com oppure luca@example.org",
            EmailReading("anna@example.com", True, "luca@example.org"),
        ),
        ("anna@example.com - luca@example.org", EmailReading("anna@example.com", True, "luca@example.org")),
        ("anna @ example.com", EmailReading("anna@example.com", True)),
        ("anna@ example.com", EmailReading("anna@example.com", True)),
        ("anna@example.com (lavoro)", EmailReading("anna@example.com", True)),
        ("mailto:anna@example.com?subject=Ciao%20Anna", EmailReading("anna@example.com", True)),
        ("[Anna](mailto:anna@example.com)", EmailReading("anna@example.com", True)),
        ("anna@exa mple.com", EmailReading("")),
        ("anna @exa mple.com", EmailReading("")),
        ("anna @ example.com @ x", EmailReading("")),
        ("anna@example.com; luca@@example", EmailReading("")),
        ("ask anna@example.com first", EmailReading("")),
    ],
)
def test_an_address_is_found_in_a_cell_that_holds_little_else(text: str, reading: EmailReading) -> None:
    assert EmailReader().read(text) == reading


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.cmo", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmai.it", "hotmail.it"),
        ("outlok.com", "outlook.com"),
        ("yaho.com", "yahoo.com"),
        ("iclod.com", "icloud.com"),
        ("liberi.it", "libero.it"),
        ("virgilio.itt", "virgilio.it"),
        ("t-onlin.de", "t-online.de"),
        ("example.con", "example.com"),
        ("gmail.com", ""),
        ("mail.com", ""),
        ("email.com", ""),
        ("ymail.com", ""),
        ("yahoo.ca", ""),
        ("example.com", ""),
        ("example.co", ""),
        ("web.de", ""),
        ("gmx.de", ""),
        ("live.it", ""),
        ("free.fr", ""),
        ("hotmail.co.uk", ""),
    ],
)
def test_probable_slips_are_hinted_at(domain: str, meant: str) -> None:
    assert likely_domain(domain) == meant
    reading = EmailReader().read(f"anna@{domain}")
    assert reading.address == f"anna@{domain}"
    assert reading.meant == (f"anna@{meant}" if meant else "")


LOCALS = (
    "anna",
    "a.b",
    "o'x+1",
    "a..b",
    ".a",
    "a.",
    "a b",
    "é",
    "an(na",
    '"q"',
    "",
    "x" * 64,
    "x" * 240,
    "a@b",
    "{z}",
)
DOMAINS = (
    *(
        "example.com",
        "Example.ORG",
        "ex-ample.it",
        "-a.it",
        "a-.it",
        "a_b.it",
        "a.b.c.de",
        "a..it",
        "it",
        ".it",
        "it.",
    ),
    *(
        "müller.de",
        "xn--mller-kva.de",
        "xn--a.de",
        "ab--c.de",
        "1.2.3.4",
        "a.1",
        "a.x1",
        "a.onion",
        "b.arpa",
        "ß.de",
    ),
    *(
        "x" * 63 + ".it",
        "x" * 64 + ".it",
        "",
        "a b.it",
        "a,b.it",
        "例子.广告",
        "a\u0301.it",
        "\u0301.it",
        "a。it",
    ),
)


def test_the_short_way_gives_the_librarys_verdict() -> None:
    reader = EmailReader()
    for local in LOCALS:
        for domain in DOMAINS:
            text = f"{local}@{domain}"
            reading = reader.read(text)
            assert bool(reading.address and not reading.tidied) == valid_by_the_library(text), text


def test_random_addresses_get_the_librarys_verdict() -> None:
    random_ = random.Random(7)
    letters = "abcxyzABZ019.-_+'@ <>(),;:\"\\[]éß\u0301"
    reader = EmailReader()
    for _ in range(3_000):
        text = "".join(random_.choices(letters, k=random_.randint(1, 8))) + "@"
        text += "".join(random_.choices("abcxyz09.-éü_", k=random_.randint(1, 8))) + random_.choice(
            (".com", ".it", "")
        )
        reading = reader.read(text)
        assert bool(reading.address and not reading.tidied) == valid_by_the_library(text), text


@given(
    st.one_of(
        st.emails(),
        st.text(st.characters(), max_size=60),
        st.from_regex(r"\w{1,5}@\w{1,5}\.\w{2,4}", fullmatch=True),
    )
)
def test_no_text_makes_reading_fail(text: str) -> None:
    reading = EmailReader().read(text)
    if not reading.tidied and not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert bool(reading.address) == valid_by_the_library(text)


def test_many_domains_do_not_pile_up() -> None:
    reader = EmailReader()
    first = reader.read("a@example.com")
    assert all(reader.read(f"a@x{number}.example.com").address for number in range(200))
    assert reader.read("a@example.com") == first


@pytest.mark.parametrize(
    ("text", "looks"),
    [("a@b.it", True), (" a@b.it ", True), ("a@b", False), ("a b", False), ("@b.it", False)],
)
def test_what_looks_like_an_address(text: str, looks: bool) -> None:
    assert looks_like_email(text) is looks
