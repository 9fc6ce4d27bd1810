"""Opens workbooks that are protected with a password, into a nameless temporary file, and protects some.

It is the one place that sees the password; it keeps it no longer than the call.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from app.table import faults


def decrypted(path: Path, stream: BinaryIO, password: str) -> BinaryIO:
    """The workbook inside, as a new stream that vanishes when closed; `stream` is closed.

    Raises FileProblem: a PasswordProblem for a wrong password, damage otherwise.
    """
    # 100 ms and a cryptography library: only for the files that need it.
    try:
        from msoffcrypto import OfficeFile, exceptions  # type: ignore[import-untyped]
    except ImportError as error:
        raise faults.password_protected(path) from error

    plain = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - it outlives this call
    try:
        office = OfficeFile(stream)
        office.load_key(password=password)
        office.decrypt(plain)
    except exceptions.InvalidKeyError as error:
        plain.close()
        raise faults.wrong_password(path) from error
    except (exceptions.FileFormatError, exceptions.ParseError, exceptions.DecryptionError) as error:
        plain.close()
        raise faults.damaged(path, str(error)) from error
    except (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        # The library trusts the file's own numbers; damaged ones surface as any of these.
        plain.close()
        raise faults.damaged(path, str(error)) from error
    finally:
        stream.close()
    plain.seek(0)
    return plain


def protect(plain: Path, protected: Path, password: str) -> None:
    """Write the .xlsx workbook `plain` to `protected` as Excel does with a password. Raises OSError."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    with plain.open("rb") as stream, protected.open("wb") as written:
        OOXMLFile(stream).encrypt(password, written)
