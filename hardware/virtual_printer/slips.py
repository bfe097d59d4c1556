"""The slips that came out of the virtual printer: in memory, and as pictures and raw bytes in a folder."""

import io
from pathlib import Path

import msgspec
from PIL import Image

NEWEST = 200
# Pictures kept in memory; the folder keeps all.


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One slip, from cut to cut."""

    number: int
    text: str
    raw: bytes
    png: bytes
    width: int
    height: int


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A slip as the control port lists it."""

    number: int
    text: str
    bytes: int
    width: int
    height: int
    picture: str


def listed(job: Job) -> Listed:
    """Describe a slip without its pictures."""
    return Listed(
        number=job.number,
        text=job.text,
        bytes=len(job.raw),
        width=job.width,
        height=job.height,
        picture=f"/jobs/{job.number}.png",
    )


class Tray:
    """Where the slips fall; numbering goes on after what already lies in the folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.jobs: list[Job] = []
        numbers = (int(path.stem) for path in folder.glob("*.png") if path.stem.isdigit())
        self._last = self._before = max(numbers, default=0)

    @property
    def count(self) -> int:
        """How many slips fell since the start."""
        return self._last - self._before

    def nth(self, number: int) -> Job:
        """Give a slip by its place since the start, from 1."""
        return next(job for job in self.jobs if job.number == self._before + number)

    def add(self, raw: bytes, picture: Image.Image, text: str) -> Job:
        """Keep a slip and write `0001.png` and `0001.bin`."""
        self._last += 1
        png = io.BytesIO()
        picture.save(png, "PNG")
        job = Job(
            number=self._last,
            text=text,
            raw=raw,
            png=png.getvalue(),
            width=picture.width,
            height=picture.height,
        )
        (self._folder / f"{job.number:04}.bin").write_bytes(raw)
        (self._folder / f"{job.number:04}.png").write_bytes(job.png)
        self.jobs = [*self.jobs, job][-NEWEST:]
        return job
