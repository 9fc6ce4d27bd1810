"""Opens .ods workbooks that are protected with a password, into a nameless temporary file.

It knows the encryption that OpenDocument describes (ODF 1.3, part 2, chapter 3.4), as OpenOffice (Blowfish),
LibreOffice (AES-256 by parts) and LibreOffice from 24.2 on (the whole package at once, Argon2id) use it. It
keeps the password no longer than the call.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from app.table import faults
from app.table.markup import Malformed, local, walk
from app.table.package import LARGEST_UNPACKED, Package

MANIFEST = "META-INF/manifest.xml"
WHOLE = "encrypted-package"
_MOST_ITERATIONS, _MOST_KIBIBYTES, _MOST_LANES = 5_000_000, 1 << 20, 64
_CHECKED = 1024
_CHUNK = 1 << 20


@dataclass(slots=True)
class _Lock:
    """How one part is encrypted, as the manifest says: attributes by local name."""

    path: str
    told: dict[str, str] = field(default_factory=dict)

    def number(self, name: str, default: int, most: int) -> int:
        text = self.told.get(name, "")
        found = int(text) if text.isdigit() else default
        if not 0 < found <= most:
            raise Malformed(f"{name} {text}")
        return found

    def bytes(self, name: str) -> bytes:
        return base64.b64decode(self.told.get(name, ""))


class _WrongPassword(Exception):
    """What came out is not what went in."""


class _Unknown(Exception):
    """Encrypted in a way we do not know, such as for the owner of a key."""


def unlocked(path: Path, stream: BinaryIO, password: str | None) -> BinaryIO:
    """The workbook inside, as a new stream that vanishes when closed; `stream` itself if nothing is locked.

    Raises FileProblem: a PasswordProblem without a password or with a wrong one.
    """
    locked = Package(path, stream)
    locks = _locks(locked)
    if not locks:
        stream.seek(0)
        return stream
    with locked.closing():
        if any("encrypted-key" in lock.told for lock in locks):
            raise faults.protected_document(path)
        if password is None:
            raise faults.password_protected_document(path)
        try:
            with locked.damage_named(MANIFEST):
                return _opened(locked, locks, password)
        except _WrongPassword as error:
            raise faults.wrong_password(path) from error
        except (_Unknown, ImportError) as error:
            raise faults.protected_document(path) from error


def _locks(package: Package) -> list[_Lock]:
    """Of each encrypted part, how it is."""
    gathering = _Gathering()
    if package.has(MANIFEST):
        with package.part(MANIFEST) as stream:
            for _ in walk(stream, gathering.start):
                pass
    return gathering.found


class _Gathering:
    """Turns the XML events of the manifest into locks."""

    def __init__(self) -> None:
        self.found: list[_Lock] = []
        self._current = _Lock("")
        self._for_a_key = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        told = {local(key): value for key, value in attributes.items()}
        if name == "file-entry":
            self._current = _Lock(told.get("full-path", ""))
        elif name == "encryption-data":
            self.found.append(self._current)
        if name in ("encrypted-key", "EncryptedKey"):
            self._for_a_key = True
        elif name == "start-key-generation":  # its key's size is another one's
            self._current.told["start-key-generation-name"] = told.get("start-key-generation-name", "")
        elif name in ("encryption-data", "algorithm", "key-derivation"):
            self._current.told |= told
        if self._for_a_key:
            self._current.told["encrypted-key"] = ""


def _opened(package: Package, locks: list[_Lock], password: str) -> BinaryIO:
    plain = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - it outlives this call
    try:
        whole = next((lock for lock in locks if lock.path == WHOLE), None)
        if whole is not None:
            for piece in _decrypted(package, whole, password):
                plain.write(piece)
        else:
            # Only the cells are of interest; styles say no more than whether a sheet is hidden.
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                for lock in locks:
                    if lock.path == "content.xml":
                        with archive.open(lock.path, "w", force_zip64=True) as part:
                            for piece in _decrypted(package, lock, password):
                                part.write(piece)
        plain.seek(0)
        return plain
    except BaseException:
        plain.close()
        raise


def _decrypted(package: Package, lock: _Lock, password: str) -> Iterator[bytes]:
    """The part as it was before it was packed and encrypted, in pieces."""
    with package.part(lock.path) as stream:
        packed = _cleared(stream.read(), lock, _key(lock, password))
    digest = lock.told.get("checksum", "")
    if digest:
        kind = "sha256" if "256" in lock.told.get("checksum-type", "") else "sha1"
        if hashlib.new(kind, packed[:_CHECKED]).digest() != base64.b64decode(digest):
            raise _WrongPassword
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        piece = unpacking.decompress(packed, _CHUNK)
        while piece:
            size += len(piece)
            if size > LARGEST_UNPACKED:
                raise faults.too_large(package.path, f"{lock.path}: more than {size} bytes")
            yield piece
            piece = unpacking.decompress(unpacking.unconsumed_tail, _CHUNK)
    except zlib.error as error:
        raise _WrongPassword from error
    if not size:
        raise _WrongPassword


def _key(lock: _Lock, password: str) -> bytes:
    start = hashlib.sha256 if "256" in lock.told.get("start-key-generation-name", "") else hashlib.sha1
    secret = start(password.encode()).digest()
    name, salt = lock.told.get("key-derivation-name", "").lower(), lock.bytes("salt")
    size = lock.number("key-size", 16, 64)
    if "pbkdf2" in name:
        rounds = lock.number("iteration-count", 1024, _MOST_ITERATIONS)
        return hashlib.pbkdf2_hmac("sha1", secret, salt, rounds, size)
    if "argon2id" in name:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        return Argon2id(
            salt=salt,
            length=size,
            iterations=lock.number("argon2-iterations", 3, 1000),
            lanes=lock.number("argon2-lanes", 4, _MOST_LANES),
            memory_cost=lock.number("argon2-memory", 65536, _MOST_KIBIBYTES),
        ).derive(secret)
    raise _Unknown(name)


def _cleared(data: bytes, lock: _Lock, key: bytes) -> bytes:
    """The part without its encryption."""
    # 60 ms: only for the files that need it.
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.decrepit.ciphers import algorithms as old
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    name, start = lock.told.get("algorithm-name", "").lower(), lock.bytes("initialisation-vector")
    if name.endswith("aes256-gcm"):
        # XML encryption has the vector before what it encrypts.
        inside = data[len(start) :] if start and data.startswith(start) else data
        try:
            return AESGCM(key).decrypt(start, inside, None)
        except InvalidTag as error:
            raise _WrongPassword from error
    if name.endswith(("aes256-cbc", "aes192-cbc", "aes128-cbc")):
        if not data or len(data) % 16:
            raise Malformed("a part of an odd length")
        clear = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor().update(data)
        if not 0 < clear[-1] <= 16:
            raise _WrongPassword
        return clear[: -clear[-1]]
    if "blowfish" in name:
        return Cipher(old.Blowfish(key), CFB(start)).decryptor().update(data)
    raise _Unknown(name)
