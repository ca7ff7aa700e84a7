"""sarau.v1.LyricsService: lyrics and chords, kept and told in time."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

import grpc

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.lyrics.commands import put_sheet
from sarau.catalog.lyrics.cues import cues_of
from sarau.catalog.lyrics.following import Jumped, follow_playing, follow_track
from sarau.catalog.lyrics.queries import lyrics_of
from sarau.catalog.lyrics.schemas import (
    ChordOptions,
    Cue,
    NewFormat,
    NewSheet,
    SheetFormat,
    TimedLyrics,
    Timing,
)
from sarau.foundation.errors import Invalid, NotFound
from sarau.interfaces.grpc.context import Context, Surroundings
from sarau.interfaces.grpc.cues import cue_message
from sarau.interfaces.grpc.services.auth import checked
from sarau.interfaces.grpc.stubs.sarau.v1 import lyrics_pb2, lyrics_pb2_grpc
from sarau.playback.remote.clock import now_us

_AHEAD_MS = 2_000
_MOST_AHEAD_MS = 600_000
_FORMATS = {
    SheetFormat.PLAIN: lyrics_pb2.SHEET_FORMAT_PLAIN,
    SheetFormat.LRC: lyrics_pb2.SHEET_FORMAT_LRC,
    SheetFormat.CHORDPRO: lyrics_pb2.SHEET_FORMAT_CHORDPRO,
    SheetFormat.CHORDS_OVER_WORDS: lyrics_pb2.SHEET_FORMAT_CHORDS_OVER_WORDS,
}
_FORMAT_OF = {number: NewFormat(kind.value) for kind, number in _FORMATS.items()} | {
    lyrics_pb2.SHEET_FORMAT_UNSPECIFIED: NewFormat.AUTO
}
_TIMINGS = {
    Timing.NONE: lyrics_pb2.TIMING_UNSPECIFIED,
    Timing.SHEET: lyrics_pb2.TIMING_SHEET,
    Timing.ALIGNED: lyrics_pb2.TIMING_ALIGNED,
    Timing.ESTIMATED: lyrics_pb2.TIMING_ESTIMATED,
}


class LyricsService:
    """Gives and takes lyrics and chords, and tells them along with what plays."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._house = surroundings.house

    async def GetLyrics(self, request: lyrics_pb2.GetLyricsRequest, context: Context) -> lyrics_pb2.Lyrics:  # noqa: N802
        """Return a track's lyrics and chords."""
        actor = await self._surroundings.actor(context)
        view = await self._surroundings.view(context, actor)
        return _message(await self._lyrics(view, request.track_id, _options(request.chords)))

    async def PutLyrics(self, request: lyrics_pb2.PutLyricsRequest, context: Context) -> lyrics_pb2.Lyrics:  # noqa: N802
        """Keep a sheet, or remove what was kept."""
        if request.format not in _FORMAT_OF:
            raise Invalid("format", "there is no such format")
        new = checked(NewSheet, content=request.content, format=_FORMAT_OF[request.format])
        actor = await self._surroundings.actor(context)
        view = await self._surroundings.view(context, actor)
        async with self._house.database.working() as work:
            await put_sheet(work, actor, view, request.track_id, new)
        return _message(await self._lyrics(view, request.track_id, ChordOptions()))

    async def Follow(  # noqa: N802
        self, request: lyrics_pb2.FollowRequest, context: Context
    ) -> AsyncIterator[lyrics_pb2.Cue]:
        """Tell cues just ahead of their time."""
        if not 0 <= request.ahead_ms <= _MOST_AHEAD_MS:
            raise Invalid("ahead_ms", f"from 0 to {_MOST_AHEAD_MS}")
        source = request.WhichOneof("source")
        if source is None:
            raise Invalid("source", "a track or a playback session is to be named")
        tell = self._along_track if source == "track_id" else self._along_session
        async with aclosing(tell(request, context)) as cues:
            async for cue in cues:
                yield cue_message(cue)

    async def _along_track(self, request: lyrics_pb2.FollowRequest, context: Context) -> AsyncGenerator[Cue, None]:
        if request.start_ms < 0:
            raise Invalid("start_ms", "a track begins at 0")
        view = await self._surroundings.view(context, await self._surroundings.actor(context))
        async with self._house.database.reading() as reader:
            track = await pages.track(reader, view, request.track_id)
            lyrics = await lyrics_of(reader, view, track.id, _options(request.chords))
        cues = follow_track(
            track.id,
            cues_of(lyrics),
            now_us,
            start_ms=request.start_ms,
            end_ms=track.duration_ms,
            ahead_ms=request.ahead_ms or _AHEAD_MS,
        )
        async with aclosing(cues):
            async for cue in cues:
                yield cue

    async def _along_session(
        self, request: lyrics_pb2.FollowRequest, context: Context
    ) -> AsyncGenerator[Cue | Jumped, None]:
        actor = await self._surroundings.actor(context)
        options = _options(request.chords)

        async def cues_for(track_id: str) -> Sequence[Cue]:
            try:
                return cues_of(await self._lyrics(await self._surroundings.view(context, actor), track_id, options))
            except NotFound:  # gone since it began to play
                return ()

        states = self._house.remote.follow(request.session_id, actor)
        cues = follow_playing(states, cues_for, now_us, ahead_ms=request.ahead_ms or _AHEAD_MS)
        async with aclosing(states), aclosing(cues):
            async for cue in cues:
                yield cue

    async def _lyrics(self, view: View, track_id: str, options: ChordOptions) -> TimedLyrics:
        async with self._house.database.reading() as reader:
            return await lyrics_of(reader, view, track_id, options)


def _options(asked: lyrics_pb2.ChordOptions) -> ChordOptions:
    return ChordOptions(asked.transpose_semitones, asked.capo, asked.simplified)


def _message(lyrics: TimedLyrics) -> lyrics_pb2.Lyrics:
    return lyrics_pb2.Lyrics(
        track_id=lyrics.track_id,
        cues=[cue_message(cue) for cue in cues_of(lyrics)],
        words_timing=_TIMINGS[lyrics.words_timing],
        chords_timing=_TIMINGS[lyrics.chords_timing],
        key=lyrics.key or "",
        sheets=[
            lyrics_pb2.Sheet(source=sheet.source, format=_FORMATS[sheet.format], content=sheet.content)
            for sheet in lyrics.sheets
        ],
        confidence=lyrics.confidence,
    )


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    lyrics_pb2_grpc.add_LyricsServiceServicer_to_server(LyricsService(surroundings), server)
    return str(lyrics_pb2.DESCRIPTOR.services_by_name["LyricsService"].full_name)
