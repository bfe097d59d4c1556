"""Where compiled code is kept between runs, so that only the first one waits for the compiler."""

import os
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

SOURCES = ("counters.core.forecast", "counters.core.simulation", "ticketing.core")


def keep() -> None:
    """Keep machine code in the user's cache, in a folder of its own for each version of the sources.

    The compiler looks at the file of a function only, not at those that it calls: after an update it would go on with
    the old calling policy. Call this before the compiler is imported. NUMBA_CACHE_DIR names another folder.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache / "mpp" / _version()))


def _version() -> str:
    found = sha256()
    for package in SOURCES:
        for file in sorted(files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                found.update(file.read_bytes())
    return found.hexdigest()[:16]
