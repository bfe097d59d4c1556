"""Prints a slip as pictures: python -m hardware.picture FOLDER, a wish on standard input, pictures on standard output.

A process of its own, because the server knows no drivers. The bytes are those that a printer of the model gets, and
the picture is what the virtual printer burns of them.
"""

import io
import sys
from pathlib import Path

import msgspec

from hardware.core.picture import Picture, Wish
from hardware.drivers import escpos_library
from hardware.drivers.profiles import PROFILES
from hardware.virtual_printer.paper import Paper
from hardware.virtual_printer.stream import Reader


def pictures(wish: Wish) -> list[Picture]:
    """Print a slip on each model."""
    return [_picture(wish, name) for name in wish.profiles]


def _picture(wish: Wish, name: str) -> Picture:
    from hardware.drivers.render import render  # only now: python-escpos must first be told where to keep its files

    profile = PROFILES[name]
    job, paper, png = render(wish.slip, profile), Paper(profile.dots), io.BytesIO()
    for command in Reader().feed(job):
        paper.do(command)
    drawn, text = paper.cut()
    drawn.save(png, "PNG")
    return Picture(profile=name, width=drawn.width, height=drawn.height, text=text, sent=len(job), png=png.getvalue())


def main() -> None:
    """Answer one wish."""
    escpos_library.prepare(Path(sys.argv[1]))
    wish = msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)
    sys.stdout.buffer.write(msgspec.json.encode(pictures(wish)))


if __name__ == "__main__":
    main()
