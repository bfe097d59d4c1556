"""What the command line does about the hall's voice: say a text before it is saved, list what is spoken."""

import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from display import tongues
from display.core import wording
from display.speech import NotSpoken, Speech
from hardware.core import cutting, recording, words
from hardware.core.call import Call, CallKind
from hardware.core.sound import NotSound
from hardware.core.tongue import Tongue, Tongues
from hardware.core.vocabulary import vocabulary
from mpp import setup, store
from mpp.config import Config
from ticketing import malls
from ticketing.core.mall_entries import MallFile
from ticketing.core.numbering import PRIORITY


class NoClips(Exception):
    """There is no folder of recordings; the text says what to do."""


class Recordings(NamedTuple):
    """Which phrases of a language are recorded, which are not, and which recordings no call needs or can use."""

    language: str
    recorded: list[str]
    missing: list[str]
    unused: list[str]
    broken: list[str]


class Line(NamedTuple):
    """What is written and what the voice makes of it."""

    language: str
    written: str
    spoken: str


async def say(config: Config, mall: str | None, text: str, language: str | None, target: Path) -> str:
    """Make the sound of a text in `target`, with the mall's pronunciations; return the words that are spoken.

    Raises: FaultyTongue, NotSpoken.
    """
    known = tongues.load(config.tongues)
    described = await _described(config, mall)
    language = language or described.zones[0].languages[0]
    if language not in known:
        raise NotSpoken(f'the voice does not speak "{language}"; it speaks {", ".join(sorted(known))}')
    parts = wording.aloud(text, language, known, described.pronunciations)
    if not parts:
        raise NotSpoken(f"there is nothing to say in {text!r}")
    with TemporaryDirectory(prefix="mpp-voice-") as folder:  # a running server cares for its own folder alone
        speech = Speech(Path(folder), config.clips)
        try:
            sound = await speech.render(parts)
        finally:
            await speech.aclose()
        shutil.copyfile(sound.path, target)
    tongue = known[language]
    return words.plain(text, tongue, words.for_language(described.pronunciations, language, tongue.voice))


async def spoken(config: Config, mall: str | None) -> list[Line]:
    """List what the voice makes of the mall's names.

    Raises: FaultyTongue.
    """
    return list(_lines(await _described(config, mall), tongues.load(config.tongues)))


async def recordings(config: Config, mall: str | None) -> list[Recordings]:
    """Compare the folder of recordings with what the mall's calls need.

    Raises: FaultyTongue, NoClips.
    """
    if config.clips is None:
        raise NoClips('no folder of recordings is set; write clips = "FOLDER" into mpp.toml')
    described, known = await _described(config, mall), tongues.load(config.tongues)
    return [_recordings(config.clips, described, known[language], language) for language in _spoken_in(described)]


def _recordings(clips: Path, mall: MallFile, tongue: Tongue, language: str) -> Recordings:
    folder = clips / language
    files = cutting.recorded(file.name for file in folder.iterdir()) if folder.is_dir() else {}
    broken = [f"{folder / name}: {why}" for name in files.values() if (why := _why_broken(folder / name))]
    told = words.for_language(mall.pronunciations, language, tongue.voice)
    own = (service.prefix for tenant in mall.tenants for service in tenant.services if service.prefix)
    needed = vocabulary(
        tongue,
        [PRIORITY, *(tenant.prefix for tenant in mall.tenants), *own],
        [counter.name for counter in mall.counters],
        [words.plain(tenant.short_name, tongue, told, breaths=False) for tenant in mall.tenants],
    )
    missing = [phrase for phrase in needed if not all(piece.is_recorded for piece in cutting.cut(phrase, files))]
    used = {piece.text for phrase in needed for piece in cutting.cut(phrase, files)}
    return Recordings(
        language=language,
        recorded=[phrase for phrase in needed if phrase not in missing],
        missing=missing,
        unused=sorted(phrase for phrase in files if phrase not in used and phrase not in needed),
        broken=broken,
    )


def _why_broken(file: Path) -> str:
    try:
        recording.decode(file.read_bytes())
    except (OSError, NotSound) as fault:
        return str(fault)
    return ""


def _spoken_in(mall: MallFile) -> Iterable[str]:
    return dict.fromkeys(chain.from_iterable(zone.languages for zone in mall.zones))


async def _described(config: Config, mall: str | None) -> MallFile:
    async with setup.database(config) as db, db.read(await store.the_mall(db, mall)) as tx:
        return await malls.describe(tx)


def _lines(mall: MallFile, known: Tongues) -> Iterator[Line]:
    for language in _spoken_in(mall):
        tongue = known[language]
        told = words.for_language(mall.pronunciations, language, tongue.voice)
        for call in _examples(mall):
            yield Line(language, words.caption(call, tongue), words.sentence(call, tongue, told))
        services = chain.from_iterable(tenant.services for tenant in mall.tenants)
        names = [service.name_en if language == "en" else service.name for service in services]
        for name in dict.fromkeys([*(tenant.short_name for tenant in mall.tenants), *names]):
            yield Line(language, name, words.plain(name, tongue, told))


def _examples(mall: MallFile) -> Iterator[Call]:
    """Call a number of each tenant to its first counter."""
    for tenant in mall.tenants:
        counter = next((row.name for row in mall.counters if row.tenant == tenant.code), "")
        yield Call(kind=CallKind.CALL, number=f"{tenant.prefix}-012", counter=counter, tenant=tenant.short_name)
