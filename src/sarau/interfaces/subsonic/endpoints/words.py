"""The words of songs, plain or in time."""

from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.songs import track_titled
from sarau.catalog.library.schemas import Track
from sarau.catalog.lyrics.queries import lyrics_of
from sarau.catalog.lyrics.schemas import ChordOptions, LineKind, TimedLine, TimedLyrics, Timing
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.names import Kind, id_of
from sarau.interfaces.subsonic.structures.house import (
    Cue,
    CueLine,
    Line,
    Lyrics,
    LyricsList,
    StructuredLyrics,
)
from sarau.kit.text import sort_key

_UNKNOWN_LANGUAGE = "und"


async def lyrics(call: Call) -> Answer:
    """The words of the song of a title and an artist."""
    artist, title = call.asked.text("artist"), call.asked.text("title")
    view = await call.view()
    async with call.reading() as reader:
        track_id = await track_titled(reader, view, sort_key(title), sort_key(artist)) if title else None
        if track_id is None:
            return "lyrics", Lyrics(value="")
        found = await lyrics_of(reader, view, track_id, ChordOptions())
    words = "\n".join(line.text for line in _sung(found))
    return "lyrics", Lyrics(artist=artist, title=title, value=words) if words else Lyrics(value="")


async def lyrics_by_song(call: Call) -> Answer:
    """All words of a song, with times where there are any; with those of single words, if asked."""
    view = await call.view()
    track_id = id_of(call.asked.needed("id"), Kind.SONG)
    async with call.reading() as reader:
        track = await pages.track(reader, view, track_id)
        found = await lyrics_of(reader, view, track_id, ChordOptions())
    lines = _sung(found)
    if not any(line.text for line in lines):
        return "lyricsList", LyricsList([])
    return "lyricsList", LyricsList([_structured(track, found, lines, enhanced=call.asked.yes("enhanced"))])


def _sung(found: TimedLyrics) -> list[TimedLine]:
    """Return the lines that are sung."""
    return [line for line in found.lines if line.kind is LineKind.LINE and (line.text or not line.chords)]


def _structured(track: Track, found: TimedLyrics, lines: list[TimedLine], *, enhanced: bool) -> StructuredLyrics:
    # Times that are a guess from the length of the song would mislead who sings along.
    synced = found.words_timing in (Timing.SHEET, Timing.ALIGNED) and all(one.start_ms is not None for one in lines)
    cues = [_cue_line(number, line.start_ms, line) for number, line in enumerate(lines) if line.start_ms is not None]
    return StructuredLyrics(
        display_artist=track.artist,
        display_title=track.title,
        lang=_UNKNOWN_LANGUAGE,
        offset=0,
        synced=synced,
        line=[Line(line.text, line.start_ms if synced else None) for line in lines],
        kind="main" if enhanced else None,
        cue_line=[cue for cue in cues if cue.cue] if enhanced and synced else None,
    )


def _cue_line(number: int, start_ms: int, line: TimedLine) -> CueLine:
    cues: list[Cue] = []
    position = 0
    for word in line.words:
        size = len(word.text.encode())
        shown = len(word.text.rstrip().encode()) or size
        if size:
            cues.append(Cue(word.start_ms, word.end_ms, word.text.rstrip(), position, position + shown - 1))
        position += size
    return CueLine(number, start_ms, line.end_ms, line.text, cues)


ENDPOINTS: dict[str, Endpoint] = {"getLyrics": lyrics, "getLyricsBySongId": lyrics_by_song}
