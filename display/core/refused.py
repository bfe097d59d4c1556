"""Ways in which only boards and voice say no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import Conflict


class AnnouncementOver(Conflict):
    """The announcement is spoken by another, was spoken, or is no longer true."""

    code = "announcement_over"
    sentence = "This announcement is spoken by another device, was spoken, or is no longer true: stay silent."


class NoVoice(Conflict):
    """Nothing can be spoken here and now."""

    code = "no_voice"
    sentence = "The voice does not speak now; read the screen, or see the server's log."
