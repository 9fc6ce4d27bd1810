"""Says which of the files PyInstaller gathers belong in the packaged program, and which are Qt's luggage.

It judges a file by its place in the program and refuses to open it.

PyInstaller brings every plugin and translation of each Qt module it sees, and with the plugins whole
libraries that only they need (Qt Quick for the virtual keyboard, say). We draw widgets in five languages.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LANGUAGES = ("en", "it", "fr", "de", "es")

# Plugin folder -> the plugins in it that the window needs somewhere; a folder not named here is left out.
# accessiblebridge and the input contexts are what makes screen readers and dead keys work on Linux.
PLUGINS: dict[str, tuple[str, ...]] = {
    "platforms": ("xcb", "wayland", "wayland-egl", "wayland-generic", "offscreen", "windows", "cocoa"),
    "imageformats": ("svg", "ico", "icns"),
    "iconengines": ("svgicon",),
    "styles": ("modernwindowsstyle", "windowsvistastyle", "macstyle"),
    "platformthemes": ("xdgdesktopportal",),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "xcbglintegrations": ("xcb-glx-integration", "xcb-egl-integration"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
}

# Qt modules (Qt6<name>, Qt<name>.abi3.so) that nothing of ours uses.
UNUSED_MODULES = re.compile(
    r"(?:lib)?Qt6?(?:Quick|Qml|Labs|Designer|Help|Pdf|WebEngine|Multimedia|3D|Charts|DataVisualization|Sql"
    r"|VirtualKeyboard|ShaderTools|UiTools|PrintSupport|OpenGLWidgets|Concurrent|Eglfs|EglFS|Network|Xml"
    r"|Positioning|RemoteObjects|SerialPort|Sensors|StateMachine|TextToSpeech|WebSockets|Bluetooth|Nfc)"
)
# Qt's software OpenGL for Windows machines without a driver: 20 MB, and widgets don't draw with OpenGL.
UNUSED_FILES = re.compile(r"^(?:opengl32sw|d3dcompiler_\d+)\.dll$", re.IGNORECASE)


def is_kept(destination: str) -> bool:
    """Whether the file meant for `destination` (a path inside the program) stays."""
    path = PurePosixPath(destination.replace("\\", "/"))
    parts = path.parts
    if not any(part.startswith(("PySide6", "libQt", "Qt")) for part in parts):
        return True
    if "qml" in parts:
        return False
    if "plugins" in parts:
        folder = parts[parts.index("plugins") + 1]
        return _plugin_name(path.name) in PLUGINS.get(folder, ())
    if "translations" in parts:
        return path.name in {f"qtbase_{code}.qm" for code in LANGUAGES}
    return not (UNUSED_MODULES.match(path.name) or UNUSED_FILES.match(path.name))


def _plugin_name(file_name: str) -> str:
    """ "libqxcb.so", "qxcb.dll" and "libqxcb.dylib" are the plugin "xcb"."""
    name = file_name.partition(".")[0].removeprefix("lib")
    return name.removeprefix("q") if name.startswith("q") and not name.startswith("qt-") else name
