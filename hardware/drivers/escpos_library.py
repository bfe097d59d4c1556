"""The door to python-escpos: importing it leaves temporary folders behind unless it is told otherwise."""

import os
import tempfile
from pathlib import Path


def prepare(folder: Path) -> None:
    """Let python-escpos keep its table of models in our folder; call it before the first import.

    It makes a temporary folder at every import, even when it is told of another one, so it makes it inside
    ours, where it is taken away again.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = str(folder)
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        import escpos.printer  # type: ignore[import-untyped]  # noqa: F401 - it carries no types
    finally:
        tempfile.tempdir = before
    for left in folder.iterdir():
        if left.is_dir() and left.name.startswith("tmp"):
            left.rmdir()
