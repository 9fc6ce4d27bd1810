"""Draws the program's icon into the files each system wants: PNG in many sizes, .ico and .icns.

It runs inside the packaging environment (it needs Qt to draw) and refuses to know where the files go.

    python icon_files.py resources/icons/contact_ferry.svg FOLDER
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
# Size in pixels -> Apple's name for a PNG of that size inside an .icns.
ICNS_NAMES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """An .ico of PNG files, by size in pixels (Windows Vista and later read those)."""
    offset = 6 + 16 * len(pictures)
    directory, content = b"", b""
    for size, png in sorted(pictures.items()):
        side = 0 if size >= 256 else size  # one byte; 0 stands for 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), offset + len(content))
        content += png
    return struct.pack("<HHH", 0, 1, len(pictures)) + directory + content


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """An .icns of PNG files, by size in pixels; sizes Apple has no name for are left out."""
    parts = [
        ICNS_NAMES[size] + struct.pack(">I", 8 + len(png)) + png
        for size, png in sorted(pictures.items())
        if size in ICNS_NAMES
    ]
    body = b"".join(parts)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def draw(svg: Path, sizes: tuple[int, ...]) -> dict[int, bytes]:
    """PNG files of the drawing, by size in pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid() or application is None:
        raise ValueError(f"{svg} is no drawing that Qt can read")
    drawn = {}
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        drawn[size] = bytes(content.data())
    return drawn


def write(svg: Path, folder: Path) -> None:
    """Write <size>.png, contact_ferry.ico and contact_ferry.icns into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw(svg, tuple(sorted({*PNG_SIZES, *ICO_SIZES, *ICNS_NAMES})))
    for size in PNG_SIZES:
        (folder / f"{size}.png").write_bytes(drawn[size])
    (folder / "contact_ferry.ico").write_bytes(ico({size: drawn[size] for size in ICO_SIZES}))
    (folder / "contact_ferry.icns").write_bytes(icns(drawn))


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    write(Path(sys.argv[1]), Path(sys.argv[2]))
