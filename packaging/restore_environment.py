"""Runs first in the packaged program: gives back the library path that PyInstaller's starter changed.

The loader read it when the program began; left as it is, every program we start (the office that opens the
report, the browser) would load our libraries in the place of its own. It knows nothing of the program.
"""

import os

if "LD_LIBRARY_PATH" in os.environ:
    _before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if _before:
        os.environ["LD_LIBRARY_PATH"] = _before
    else:
        del os.environ["LD_LIBRARY_PATH"]
    # Our own child processes start the same way and do need it: without this word PyInstaller's starter takes
    # it for granted that they inherited it.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
