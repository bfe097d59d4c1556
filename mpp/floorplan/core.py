"""What a floor plan may be, and why a picture is refused. Pure."""

from ticketing.core.refused import Refused, Unknown

LARGEST = 20 * 1024 * 1024
"""Bytes of one picture: what a telephone's camera makes, and a scan of a large drawing."""

KEPT = 6
"""Pictures that are kept, the one that is shown among them: enough to undo a mistake."""


class NoPicture(Refused):
    """A file is no picture that every browser shows; a drawing that may hold scripts (SVG) is none."""

    code = "no_picture"
    status = 415
    sentence = "This is no picture that can be shown, or it is damaged; save the plan as PNG, JPEG or WebP (not SVG)."


class PictureTooLarge(Refused):
    """A picture has more dots than a small server can draw."""

    code = "picture_too_large"
    status = 413
    sentence = "This picture is too large; use one of at most 20 MB and 60 million dots."


class UnknownPlan(Unknown):
    """No such floor plan."""

    code = "unknown_floor_plan"
    sentence = "There is no such floor plan; load the page again."
