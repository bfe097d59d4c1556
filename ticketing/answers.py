"""How every refusal is told, and how the description of the doors says so."""

from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct


class Answer(Struct, frozen=True):
    """A refusal: a stable code, and a sentence a person can act on."""

    code: str
    detail: str


def _told(description: str) -> ResponseSpec:
    return ResponseSpec(Answer, generate_examples=False, description=description)


REFUSALS: dict[int, ResponseSpec] = {
    400: _told("The request is faulty."),
    401: _told("Nobody is signed in."),
    403: _told("The role does not allow it, or the device stands elsewhere."),
    404: _told("What is named is not there."),
    409: _told("The state of the hall does not allow it now."),
    429: _told("Too many attempts."),
}
"""What any door may answer instead."""
