from sarau.interfaces.grpc.stubs.sarau.v1 import common_pb2 as _common_pb2
from sarau.interfaces.grpc.stubs.sarau.v1 import lyrics_pb2 as _lyrics_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AudioFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIO_FORMAT_UNSPECIFIED: _ClassVar[AudioFormat]
    AUDIO_FORMAT_ORIGINAL: _ClassVar[AudioFormat]
    AUDIO_FORMAT_OPUS: _ClassVar[AudioFormat]
    AUDIO_FORMAT_MP3: _ClassVar[AudioFormat]
    AUDIO_FORMAT_AAC: _ClassVar[AudioFormat]
    AUDIO_FORMAT_FLAC: _ClassVar[AudioFormat]
AUDIO_FORMAT_UNSPECIFIED: AudioFormat
AUDIO_FORMAT_ORIGINAL: AudioFormat
AUDIO_FORMAT_OPUS: AudioFormat
AUDIO_FORMAT_MP3: AudioFormat
AUDIO_FORMAT_AAC: AudioFormat
AUDIO_FORMAT_FLAC: AudioFormat

class StreamRequest(_message.Message):
    __slots__ = ("track_id", "hash", "format", "max_bitrate_kbps", "start_ms", "byte_offset", "chunk_bytes", "cues", "chords")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    MAX_BITRATE_KBPS_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    BYTE_OFFSET_FIELD_NUMBER: _ClassVar[int]
    CHUNK_BYTES_FIELD_NUMBER: _ClassVar[int]
    CUES_FIELD_NUMBER: _ClassVar[int]
    CHORDS_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    hash: str
    format: AudioFormat
    max_bitrate_kbps: int
    start_ms: int
    byte_offset: int
    chunk_bytes: int
    cues: bool
    chords: _lyrics_pb2.ChordOptions
    def __init__(self, track_id: _Optional[str] = ..., hash: _Optional[str] = ..., format: _Optional[_Union[AudioFormat, str]] = ..., max_bitrate_kbps: _Optional[int] = ..., start_ms: _Optional[int] = ..., byte_offset: _Optional[int] = ..., chunk_bytes: _Optional[int] = ..., cues: _Optional[bool] = ..., chords: _Optional[_Union[_lyrics_pb2.ChordOptions, _Mapping]] = ...) -> None: ...

class Frame(_message.Message):
    __slots__ = ("header", "chunk", "cue")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    CUE_FIELD_NUMBER: _ClassVar[int]
    header: Header
    chunk: Chunk
    cue: _lyrics_pb2.Cue
    def __init__(self, header: _Optional[_Union[Header, _Mapping]] = ..., chunk: _Optional[_Union[Chunk, _Mapping]] = ..., cue: _Optional[_Union[_lyrics_pb2.Cue, _Mapping]] = ...) -> None: ...

class Header(_message.Message):
    __slots__ = ("track", "media_type", "duration_ms", "size_bytes", "bitrate_kbps", "start_ms", "preamble", "etag")
    TRACK_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    BITRATE_KBPS_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    PREAMBLE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    track: _common_pb2.Track
    media_type: str
    duration_ms: int
    size_bytes: int
    bitrate_kbps: int
    start_ms: int
    preamble: bytes
    etag: str
    def __init__(self, track: _Optional[_Union[_common_pb2.Track, _Mapping]] = ..., media_type: _Optional[str] = ..., duration_ms: _Optional[int] = ..., size_bytes: _Optional[int] = ..., bitrate_kbps: _Optional[int] = ..., start_ms: _Optional[int] = ..., preamble: _Optional[bytes] = ..., etag: _Optional[str] = ...) -> None: ...

class Chunk(_message.Message):
    __slots__ = ("data", "start_ms", "end_ms", "byte_offset")
    DATA_FIELD_NUMBER: _ClassVar[int]
    START_MS_FIELD_NUMBER: _ClassVar[int]
    END_MS_FIELD_NUMBER: _ClassVar[int]
    BYTE_OFFSET_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    start_ms: int
    end_ms: int
    byte_offset: int
    def __init__(self, data: _Optional[bytes] = ..., start_ms: _Optional[int] = ..., end_ms: _Optional[int] = ..., byte_offset: _Optional[int] = ...) -> None: ...
