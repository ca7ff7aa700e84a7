"""sarau.v1.AudioService: sound in small pieces, with what is sung and played in time."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NamedTuple

import grpc

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.files import file_by_hash, file_on_disk
from sarau.catalog.library.queries.measures import known_index
from sarau.catalog.library.schemas import FileOnDisk, KnownIndex, Track
from sarau.catalog.lyrics.cues import cues_of
from sarau.catalog.lyrics.queries import lyrics_of
from sarau.catalog.lyrics.schemas import ChordOptions, Cue
from sarau.foundation.errors import Invalid
from sarau.foundation.media.transcoding import Target
from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.interfaces.grpc.context import Context, Surroundings
from sarau.interfaces.grpc.cues import cue_message
from sarau.interfaces.grpc.stubs.sarau.v1 import audio_pb2
from sarau.interfaces.grpc.tracks import track_message
from sarau.streaming.pieces.opening import ORIGINAL, Wish
from sarau.streaming.pieces.pieces import Opening, Piece

_SERVICE = audio_pb2.DESCRIPTOR.services_by_name["AudioService"]
_FORMATS = {
    audio_pb2.AUDIO_FORMAT_UNSPECIFIED: None,
    audio_pb2.AUDIO_FORMAT_ORIGINAL: ORIGINAL,
    audio_pb2.AUDIO_FORMAT_OPUS: Target.OPUS.value,
    audio_pb2.AUDIO_FORMAT_MP3: Target.MP3.value,
    audio_pb2.AUDIO_FORMAT_AAC: Target.AAC.value,
    audio_pb2.AUDIO_FORMAT_FLAC: Target.FLAC.value,
}


class Asked(NamedTuple):
    """What is known of the sound that was asked for."""

    track: Track
    file: FileOnDisk
    moments: KnownIndex | None
    cues: list[Cue]


class AudioService:
    """Sends sound."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._house = surroundings.house

    async def stream(self, request: audio_pb2.StreamRequest, context: Context) -> AsyncIterator[audio_pb2.Frame]:
        """Send a header, then sound in order, with cues between."""
        actor = await self._surroundings.actor(context)
        wish = _wish(request)
        asked = await self._find(request, await self._surroundings.view(context, actor))
        by_hash = request.WhichOneof("source") == "hash"
        sound = await self._house.packets.open(asked.file, asked.moments, wish, hashed=by_hash)
        counter = bytes_sent.labels(sound.kind)
        try:
            with streams_open.track_inprogress():
                yield audio_pb2.Frame(header=_header(asked, sound.opening))
                coming = Coming(asked.cues, sound.opening.start_ms)
                # Each frame is taken before the next is read: who reads slowly is waited for.
                async for piece in sound.pieces():
                    for cue in coming.before(piece.end_ms):
                        yield audio_pb2.Frame(cue=cue_message(cue))
                    yield audio_pb2.Frame(chunk=_chunk(piece))
                    counter.inc(len(piece.data))
        finally:
            sound.close()

    async def _find(self, request: audio_pb2.StreamRequest, view: View) -> Asked:
        async with self._house.database.reading() as reader:
            if request.WhichOneof("source") == "hash":
                file = await file_by_hash(reader, view, request.hash)
            else:
                file = await file_on_disk(reader, view, request.track_id)
            track = await pages.track(reader, view, file.track_id)
            index = await known_index(reader, file.track_id)
            cues: list[Cue] = []
            if request.cues:
                cues = cues_of(await lyrics_of(reader, view, file.track_id, _options(request)))
        return Asked(track, file, index, cues)


class Coming:
    """Cues on their way, in the order of time; from a beginning in the middle also what has begun and is not over."""

    def __init__(self, cues: Sequence[Cue], start_ms: int) -> None:
        self._cues = [cue for cue in cues if cue.end_ms > start_ms or cue.start_ms >= start_ms]
        self._next = 0

    def before(self, end_ms: int) -> Iterator[Cue]:
        """Yield what begins before a moment and was not sent yet."""
        while self._next < len(self._cues) and self._cues[self._next].start_ms < end_ms:
            self._next += 1
            yield self._cues[self._next - 1]


def _wish(request: audio_pb2.StreamRequest) -> Wish:
    if request.WhichOneof("source") is None:
        raise Invalid("source", "a track_id or a hash")
    if request.format not in _FORMATS:
        raise Invalid("format", "one of the formats of AudioFormat")
    return Wish(
        format=_FORMATS[request.format],
        max_kbps=request.max_bitrate_kbps,
        start_ms=request.start_ms,
        byte_offset=request.byte_offset,
        piece_bytes=request.chunk_bytes,
    )


def _options(request: audio_pb2.StreamRequest) -> ChordOptions:
    chords = request.chords
    return ChordOptions(chords.transpose_semitones, chords.capo, chords.simplified)


def _header(asked: Asked, opening: Opening) -> audio_pb2.Header:
    return audio_pb2.Header(
        track=track_message(asked.track, asked.file.sha256),
        media_type=opening.media_type,
        duration_ms=asked.track.duration_ms,
        size_bytes=opening.size_bytes,
        bitrate_kbps=opening.bitrate_kbps,
        start_ms=opening.start_ms,
        preamble=opening.preamble,
        etag=opening.etag,
    )


def _chunk(piece: Piece) -> audio_pb2.Chunk:
    return audio_pb2.Chunk(
        data=piece.data, start_ms=piece.start_ms, end_ms=piece.end_ms, byte_offset=piece.byte_offset
    )


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    handlers: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
        "Stream": grpc.unary_stream_rpc_method_handler(
            AudioService(surroundings).stream, audio_pb2.StreamRequest.FromString, audio_pb2.Frame.SerializeToString
        ),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE.full_name, handlers),))
    return str(_SERVICE.full_name)
