import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Artist(_message.Message):
    __slots__ = ("id", "name")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class ReplayGain(_message.Message):
    __slots__ = ("track_gain_db", "track_peak", "album_gain_db", "album_peak")
    TRACK_GAIN_DB_FIELD_NUMBER: _ClassVar[int]
    TRACK_PEAK_FIELD_NUMBER: _ClassVar[int]
    ALBUM_GAIN_DB_FIELD_NUMBER: _ClassVar[int]
    ALBUM_PEAK_FIELD_NUMBER: _ClassVar[int]
    track_gain_db: float
    track_peak: float
    album_gain_db: float
    album_peak: float
    def __init__(self, track_gain_db: _Optional[float] = ..., track_peak: _Optional[float] = ..., album_gain_db: _Optional[float] = ..., album_peak: _Optional[float] = ...) -> None: ...

class Track(_message.Message):
    __slots__ = ("id", "hash", "title", "artist", "artists", "album_id", "album", "year", "disc_number", "track_number", "genres", "duration_ms", "media_type", "size_bytes", "bitrate_kbps", "cover_id", "replay_gain", "added_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ARTIST_FIELD_NUMBER: _ClassVar[int]
    ARTISTS_FIELD_NUMBER: _ClassVar[int]
    ALBUM_ID_FIELD_NUMBER: _ClassVar[int]
    ALBUM_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    DISC_NUMBER_FIELD_NUMBER: _ClassVar[int]
    TRACK_NUMBER_FIELD_NUMBER: _ClassVar[int]
    GENRES_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    BITRATE_KBPS_FIELD_NUMBER: _ClassVar[int]
    COVER_ID_FIELD_NUMBER: _ClassVar[int]
    REPLAY_GAIN_FIELD_NUMBER: _ClassVar[int]
    ADDED_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    hash: str
    title: str
    artist: str
    artists: _containers.RepeatedCompositeFieldContainer[Artist]
    album_id: str
    album: str
    year: int
    disc_number: int
    track_number: int
    genres: _containers.RepeatedScalarFieldContainer[str]
    duration_ms: int
    media_type: str
    size_bytes: int
    bitrate_kbps: int
    cover_id: str
    replay_gain: ReplayGain
    added_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., hash: _Optional[str] = ..., title: _Optional[str] = ..., artist: _Optional[str] = ..., artists: _Optional[_Iterable[_Union[Artist, _Mapping]]] = ..., album_id: _Optional[str] = ..., album: _Optional[str] = ..., year: _Optional[int] = ..., disc_number: _Optional[int] = ..., track_number: _Optional[int] = ..., genres: _Optional[_Iterable[str]] = ..., duration_ms: _Optional[int] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., bitrate_kbps: _Optional[int] = ..., cover_id: _Optional[str] = ..., replay_gain: _Optional[_Union[ReplayGain, _Mapping]] = ..., added_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
