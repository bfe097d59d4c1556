"""Files that survive a power cut: a journal that only grows, and whole files that are replaced."""

import logging
import os
from pathlib import Path

import msgspec

from hardware.core import journal
from hardware.core.journal import Book, Line

log = logging.getLogger(__name__)

JOURNAL = "journal.jsonl"


def replace_safely(path: Path, content: bytes) -> None:
    """Put a file in the place of another; after a power cut it is the old one or the new one."""
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Journal:
    """The lines on disk, and the book that they add up to."""

    def __init__(self, state: Path) -> None:
        self._path = state / JOURNAL
        self.is_damaged = False
        self.book: Book = {}
        self._load()

    def write(self, line: Line) -> None:
        """Put a line on disk, and only then into the book.

        Raises OSError when the disk does not take it: then nothing has happened.
        """
        size = self._path.stat().st_size
        with self._path.open("ab") as file:
            try:
                file.write(msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(size)
                raise
        journal.add(self.book, line)

    def shorten(self, lines: list[Line]) -> None:
        """Keep these lines only."""
        replace_safely(self._path, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        self.book = {}
        for line in lines:
            journal.add(self.book, line)

    def _load(self) -> None:
        if not self._path.exists():
            replace_safely(self._path, b"")
        whole, _, torn = self._path.read_bytes().rpartition(b"\n")
        if torn:  # the power went in the middle of a line: its number was never shown nor printed
            log.warning("a torn line at the end of the journal is dropped")
            with self._path.open("r+b") as file:
                file.truncate(len(whole) + 1 if whole else 0)
                os.fsync(file.fileno())
        for row in whole.splitlines():
            try:
                journal.add(self.book, msgspec.json.decode(row, type=Line))
            except (msgspec.DecodeError, KeyError) as error:
                log.error(
                    "a line of the journal cannot be read; the numbers held now are given back why=%r", str(error)
                )
                self.is_damaged = True
