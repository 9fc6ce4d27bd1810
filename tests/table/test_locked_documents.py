"""An .ods with a password opens with it, however OpenOffice and LibreOffice have locked it."""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.problems import FileProblem
from app.table.faults import PasswordProblem
from app.table.reading import open_table
from app.table.shape import ReadingChoice

OPEN = Path(__file__).resolve().parent / "corpus" / "structure.ods"
PASSWORD = "sésame 42"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ARGON = "urn:org:documentfoundation:names:experimental:office:manifest:argon2id"
EXTENSION = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _packed(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


def _entry(path: str, size: int, checksum: str, algorithm: str, derivation: str, start: str) -> str:
    return (
        f'<manifest:file-entry manifest:full-path="{path}" manifest:size="{size}">'
        f"<manifest:encryption-data{checksum}>{algorithm}{derivation}{start}"
        "</manifest:encryption-data></manifest:file-entry>"
    )


def _written(path: Path, entries: str, parts: dict[str, bytes]) -> Path:
    manifest = (
        f'<manifest:manifest xmlns:manifest="{NAMES}" xmlns:loext="{EXTENSION}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>{entries}'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("META-INF/manifest.xml", manifest)
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def _by_parts(path: Path, *, blowfish: bool) -> Path:
    entries, parts = "", dict[str, bytes]()
    with zipfile.ZipFile(OPEN) as archive:
        plain = {name: archive.read(name) for name in ("content.xml", "styles.xml")}
    for name, data in plain.items():
        packed, salt = _packed(data), os.urandom(16)
        iv = os.urandom(8 if blowfish else 16)
        size, rounds = (16, 1024) if blowfish else (32, 2_000)
        digest, start = ("SHA1", "sha1") if blowfish else ("sha256", "sha256")
        secret = hashlib.new(start, PASSWORD.encode()).digest()
        key = hashlib.pbkdf2_hmac("sha1", secret, salt, rounds, size)
        if blowfish:
            parts[name] = Cipher(Blowfish(key), CFB(iv)).encryptor().update(packed)
            method = "Blowfish CFB"
        else:
            padding = 16 - len(packed) % 16
            padded = packed + bytes(padding - 1) + bytes([padding])
            parts[name] = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor().update(padded)
            method = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
        checksum = _text(hashlib.new(start, packed[:1024]).digest())
        entries += _entry(
            name,
            len(data),
            f' manifest:checksum-type="{digest}/1K" manifest:checksum="{checksum}"',
            f'<manifest:algorithm manifest:algorithm-name="{method}"'
            f' manifest:initialisation-vector="{_text(iv)}"/>',
            f'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="{size}"'
            f' manifest:iteration-count="{rounds}" manifest:salt="{_text(salt)}"/>',
            ""
            if blowfish
            else "<manifest:start-key-generation manifest:start-key-generation-name="
            '"http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>',
        )
    return _written(path, entries, parts)


def _whole(path: Path, *, vector_before: bool) -> Path:
    salt, iv = os.urandom(16), os.urandom(12)
    secret = hashlib.sha256(PASSWORD.encode()).digest()
    key = Argon2id(salt=salt, length=32, iterations=1, lanes=2, memory_cost=1024).derive(secret)
    inside = AESGCM(key).encrypt(iv, _packed(OPEN.read_bytes()), None)
    entry = _entry(
        "encrypted-package",
        OPEN.stat().st_size,
        "",
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2009/xmlenc11#aes256-gcm"'
        f' manifest:initialisation-vector="{_text(iv)}"/>',
        f'<manifest:key-derivation manifest:key-derivation-name="{ARGON}" manifest:key-size="32"'
        f' loext:argon2-iterations="1" loext:argon2-memory="1024" loext:argon2-lanes="2"'
        f' manifest:salt="{_text(salt)}"/>',
        "<manifest:start-key-generation manifest:start-key-generation-name="
        '"http://www.w3.org/2001/04/xmlenc#sha256" manifest:key-size="32"/>',
    )
    return _written(path, entry, {"encrypted-package": (iv if vector_before else b"") + inside})


@pytest.mark.parametrize("how", ["aes by parts", "blowfish by parts", "whole", "whole, vector before"])
def test_a_locked_document_opens_with_its_password_only(tmp_path: Path, how: str) -> None:
    path = tmp_path / "locked.ods"
    if "parts" in how:
        _by_parts(path, blowfish="blowfish" in how)
    else:
        _whole(path, vector_before="before" in how)
    with pytest.raises(PasswordProblem, match="protected"):
        open_table(path)
    with pytest.raises(PasswordProblem, match="does not open"):
        open_table(path, ReadingChoice(password="wrong"))
    with open_table(OPEN) as table:
        rows = list(table.rows())
    with open_table(path, ReadingChoice(password=PASSWORD)) as table:
        assert list(table.rows()) == rows


@pytest.mark.parametrize("odd", ['manifest:iteration-count="99999999999"', 'manifest:iteration-count="x"'])
def test_absurd_numbers_end_in_a_problem(tmp_path: Path, odd: str) -> None:
    path = _by_parts(tmp_path / "locked.ods", blowfish=False)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(
        b'manifest:iteration-count="2000"', odd.encode()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(FileProblem):
        open_table(path, ReadingChoice(password=PASSWORD))


def test_a_document_for_the_owner_of_a_key_is_named(tmp_path: Path) -> None:
    entry = "<manifest:keyinfo><manifest:encrypted-key/></manifest:keyinfo>" + _entry(
        "content.xml", 1, "", "<manifest:algorithm/>", "", ""
    )
    path = _written(tmp_path / "keyed.ods", entry, {"content.xml": b"x"})
    with pytest.raises(FileProblem, match="protected") as caught:
        open_table(path, ReadingChoice(password=PASSWORD))
    assert not isinstance(caught.value, PasswordProblem)


def test_a_text_document_is_named_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(FileProblem, match="a text document"):
        open_table(path)
