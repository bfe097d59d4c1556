"""What is to be heard: calls and other texts as parts of a sound, in the languages of the hall. Pure."""

import re
import textwrap
from collections.abc import Sequence

from hardware.core import words
from hardware.core.call import Call
from hardware.core.sound import Chime, Part, Pause, Say
from hardware.core.tongue import FALLBACK, Tongues
from hardware.core.words import Pronunciations

REPEAT_AFTER = 0.8
"""Seconds before the sentence is said once more."""

BETWEEN_LANGUAGES = 0.6
"""Seconds between one language and the next."""

BETWEEN_SENTENCES = 0.4
"""Seconds between the sentences of a text that is read aloud."""

LONGEST_PIECE = 800
"""Letters that the voice is given at once."""


def said(call: Call, language: str, known: Tongues, told: Pronunciations) -> Say:
    """Put a call into the words of a language."""
    tongue = known[language]
    text = words.sentence(call, tongue, words.for_language(told, language, tongue.voice))
    return Say(text=text, language=language, voice=tongue.voice, pace=tongue.pace)


def aloud(text: str, language: str, known: Tongues, told: Pronunciations) -> tuple[Part, ...]:
    """Put any text into the words of a language, sentence by sentence; one without a grammar is read as Indonesian."""
    language = language if language in known else FALLBACK
    tongue = known[language]
    spoken = words.plain(text, tongue, words.for_language(told, language, tongue.voice))
    parts: list[Part] = []
    for sentence in re.split(r"(?<=[.!?]) ", spoken):
        for piece in textwrap.wrap(sentence, LONGEST_PIECE):
            parts += [
                Pause(BETWEEN_SENTENCES),
                Say(text=piece, language=language, voice=tongue.voice, pace=tongue.pace),
            ]
    return tuple(parts[1:])


def in_full(says: Sequence[Say]) -> tuple[Part, ...]:
    """Return chime, sentence, sentence again, and then each further language once."""
    first, *others = says
    parts: list[Part] = [Chime(), first, Pause(REPEAT_AFTER), first]
    for other in others:
        parts += [Pause(BETWEEN_LANGUAGES), other]
    return tuple(parts)


def in_brief(say: Say) -> tuple[Part, ...]:
    """Return chime and one sentence, for when other calls wait to be spoken."""
    return (Chime(), say)
