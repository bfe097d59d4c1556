"""Texts that people type in and the hall shows, prints and speaks: always one line with something in it."""

from typing import Annotated

from msgspec import Meta

LINE = r"^(?=\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+(?<=\S)$(?!\n)"
"""No blanks at the edges, and no control character that a printer would obey."""

Name = Annotated[str, Meta(pattern=LINE, max_length=120)]
"""A name in full, as on a page."""

ShortName = Annotated[str, Meta(pattern=LINE, max_length=24)]
"""A name that fits on a board and is quickly spoken."""

Notice = Annotated[str, Meta(pattern=LINE, max_length=160)]
"""A notice at the foot of a board: two lines of large letters, read slowly in ten seconds."""

Sentence = Annotated[str, Meta(pattern=LINE, max_length=600)]
"""A remark; a source with three long addresses still fits."""
