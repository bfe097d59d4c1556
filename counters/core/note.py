"""A note that travels with a ticket: one short line from officer to officer. Pure."""

MOST = 140
"""Characters: what can be read at a glance while the visitor sits down."""


def tidy(text: str) -> str:
    """Return the text as one line, without what a keyboard or a clipboard adds by accident."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
