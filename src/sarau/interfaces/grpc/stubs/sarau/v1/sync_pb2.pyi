import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from sarau.interfaces.grpc.stubs.sarau.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChangeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGE_KIND_UNSPECIFIED: _ClassVar[ChangeKind]
    CHANGE_KIND_ADDED: _ClassVar[ChangeKind]
    CHANGE_KIND_CHANGED: _ClassVar[ChangeKind]
    CHANGE_KIND_REMOVED: _ClassVar[ChangeKind]

class PlanAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_ACTION_UNSPECIFIED: _ClassVar[PlanAction]
    PLAN_ACTION_FETCH: _ClassVar[PlanAction]
    PLAN_ACTION_KEEP: _ClassVar[PlanAction]
    PLAN_ACTION_DROP: _ClassVar[PlanAction]
    PLAN_ACTION_NO_SPACE: _ClassVar[PlanAction]
CHANGE_KIND_UNSPECIFIED: ChangeKind
CHANGE_KIND_ADDED: ChangeKind
CHANGE_KIND_CHANGED: ChangeKind
CHANGE_KIND_REMOVED: ChangeKind
PLAN_ACTION_UNSPECIFIED: PlanAction
PLAN_ACTION_FETCH: PlanAction
PLAN_ACTION_KEEP: PlanAction
PLAN_ACTION_DROP: PlanAction
PLAN_ACTION_NO_SPACE: PlanAction

class ChangesRequest(_message.Message):
    __slots__ = ("cursor", "brief")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    BRIEF_FIELD_NUMBER: _ClassVar[int]
    cursor: str
    brief: bool
    def __init__(self, cursor: _Optional[str] = ..., brief: _Optional[bool] = ...) -> None: ...

class Change(_message.Message):
    __slots__ = ("tracks", "caught")
    TRACKS_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_FIELD_NUMBER: _ClassVar[int]
    tracks: _containers.RepeatedCompositeFieldContainer[TrackChange]
    caught: Caught
    def __init__(self, tracks: _Optional[_Iterable[_Union[TrackChange, _Mapping]]] = ..., caught: _Optional[_Union[Caught, _Mapping]] = ...) -> None: ...

class TrackChange(_message.Message):
    __slots__ = ("kind", "track_id", "hash", "filename", "size_bytes", "track")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    TRACK_FIELD_NUMBER: _ClassVar[int]
    kind: ChangeKind
    track_id: str
    hash: bytes
    filename: str
    size_bytes: int
    track: _common_pb2.Track
    def __init__(self, kind: _Optional[_Union[ChangeKind, str]] = ..., track_id: _Optional[str] = ..., hash: _Optional[bytes] = ..., filename: _Optional[str] = ..., size_bytes: _Optional[int] = ..., track: _Optional[_Union[_common_pb2.Track, _Mapping]] = ...) -> None: ...

class Caught(_message.Message):
    __slots__ = ("cursor", "everything")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    EVERYTHING_FIELD_NUMBER: _ClassVar[int]
    cursor: str
    everything: bool
    def __init__(self, cursor: _Optional[str] = ..., everything: _Optional[bool] = ...) -> None: ...

class MissingRequest(_message.Message):
    __slots__ = ("hashes",)
    HASHES_FIELD_NUMBER: _ClassVar[int]
    hashes: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, hashes: _Optional[_Iterable[bytes]] = ...) -> None: ...

class MissingResponse(_message.Message):
    __slots__ = ("unknown_here", "absent_there")
    UNKNOWN_HERE_FIELD_NUMBER: _ClassVar[int]
    ABSENT_THERE_FIELD_NUMBER: _ClassVar[int]
    unknown_here: _containers.RepeatedScalarFieldContainer[bytes]
    absent_there: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, unknown_here: _Optional[_Iterable[bytes]] = ..., absent_there: _Optional[_Iterable[bytes]] = ...) -> None: ...

class DownloadRangeRequest(_message.Message):
    __slots__ = ("hash", "offset_bytes", "length_bytes", "chunk_bytes")
    HASH_FIELD_NUMBER: _ClassVar[int]
    OFFSET_BYTES_FIELD_NUMBER: _ClassVar[int]
    LENGTH_BYTES_FIELD_NUMBER: _ClassVar[int]
    CHUNK_BYTES_FIELD_NUMBER: _ClassVar[int]
    hash: bytes
    offset_bytes: int
    length_bytes: int
    chunk_bytes: int
    def __init__(self, hash: _Optional[bytes] = ..., offset_bytes: _Optional[int] = ..., length_bytes: _Optional[int] = ..., chunk_bytes: _Optional[int] = ...) -> None: ...

class DownloadRangeResponse(_message.Message):
    __slots__ = ("data", "offset_bytes", "size_bytes")
    DATA_FIELD_NUMBER: _ClassVar[int]
    OFFSET_BYTES_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    offset_bytes: int
    size_bytes: int
    def __init__(self, data: _Optional[bytes] = ..., offset_bytes: _Optional[int] = ..., size_bytes: _Optional[int] = ...) -> None: ...

class StartUploadRequest(_message.Message):
    __slots__ = ("hash", "size_bytes", "filename", "title", "artist", "album")
    HASH_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ARTIST_FIELD_NUMBER: _ClassVar[int]
    ALBUM_FIELD_NUMBER: _ClassVar[int]
    hash: bytes
    size_bytes: int
    filename: str
    title: str
    artist: str
    album: str
    def __init__(self, hash: _Optional[bytes] = ..., size_bytes: _Optional[int] = ..., filename: _Optional[str] = ..., title: _Optional[str] = ..., artist: _Optional[str] = ..., album: _Optional[str] = ...) -> None: ...

class UploadState(_message.Message):
    __slots__ = ("upload_id", "offset_bytes", "kept", "track_id", "expires_at")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_BYTES_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    offset_bytes: int
    kept: bool
    track_id: str
    expires_at: _timestamp_pb2.Timestamp
    def __init__(self, upload_id: _Optional[str] = ..., offset_bytes: _Optional[int] = ..., kept: _Optional[bool] = ..., track_id: _Optional[str] = ..., expires_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetUploadRequest(_message.Message):
    __slots__ = ("upload_id",)
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    def __init__(self, upload_id: _Optional[str] = ...) -> None: ...

class UploadPart(_message.Message):
    __slots__ = ("upload_id", "offset_bytes", "data", "crc32")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_BYTES_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    CRC32_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    offset_bytes: int
    data: bytes
    crc32: int
    def __init__(self, upload_id: _Optional[str] = ..., offset_bytes: _Optional[int] = ..., data: _Optional[bytes] = ..., crc32: _Optional[int] = ...) -> None: ...

class CancelUploadRequest(_message.Message):
    __slots__ = ("upload_id",)
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    def __init__(self, upload_id: _Optional[str] = ...) -> None: ...

class CancelUploadResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ReportDeviceRequest(_message.Message):
    __slots__ = ("device_id", "name", "type", "space_free_bytes", "space_total_bytes")
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SPACE_FREE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SPACE_TOTAL_BYTES_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    name: str
    type: str
    space_free_bytes: int
    space_total_bytes: int
    def __init__(self, device_id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., space_free_bytes: _Optional[int] = ..., space_total_bytes: _Optional[int] = ...) -> None: ...

class DeviceRecord(_message.Message):
    __slots__ = ("id", "name", "type", "last_seen_at", "space_free_bytes", "space_total_bytes", "held_count", "held_bytes")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_AT_FIELD_NUMBER: _ClassVar[int]
    SPACE_FREE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SPACE_TOTAL_BYTES_FIELD_NUMBER: _ClassVar[int]
    HELD_COUNT_FIELD_NUMBER: _ClassVar[int]
    HELD_BYTES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    type: str
    last_seen_at: _timestamp_pb2.Timestamp
    space_free_bytes: int
    space_total_bytes: int
    held_count: int
    held_bytes: int
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., last_seen_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., space_free_bytes: _Optional[int] = ..., space_total_bytes: _Optional[int] = ..., held_count: _Optional[int] = ..., held_bytes: _Optional[int] = ...) -> None: ...

class ReportHeldRequest(_message.Message):
    __slots__ = ("device_id", "anew", "added", "removed")
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    ANEW_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    anew: bool
    added: _containers.RepeatedScalarFieldContainer[bytes]
    removed: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, device_id: _Optional[str] = ..., anew: _Optional[bool] = ..., added: _Optional[_Iterable[bytes]] = ..., removed: _Optional[_Iterable[bytes]] = ...) -> None: ...

class ReportHeldResponse(_message.Message):
    __slots__ = ("held_count",)
    HELD_COUNT_FIELD_NUMBER: _ClassVar[int]
    held_count: int
    def __init__(self, held_count: _Optional[int] = ...) -> None: ...

class ListDevicesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListDevicesResponse(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[DeviceRecord]
    def __init__(self, devices: _Optional[_Iterable[_Union[DeviceRecord, _Mapping]]] = ...) -> None: ...

class ForgetDeviceRequest(_message.Message):
    __slots__ = ("device_id",)
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    def __init__(self, device_id: _Optional[str] = ...) -> None: ...

class ForgetDeviceResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Rule(_message.Message):
    __slots__ = ("track_id", "album_id", "artist_id", "genre_id", "playlist_id", "library_id", "starred", "recently_added")
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    ALBUM_ID_FIELD_NUMBER: _ClassVar[int]
    ARTIST_ID_FIELD_NUMBER: _ClassVar[int]
    GENRE_ID_FIELD_NUMBER: _ClassVar[int]
    PLAYLIST_ID_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_ID_FIELD_NUMBER: _ClassVar[int]
    STARRED_FIELD_NUMBER: _ClassVar[int]
    RECENTLY_ADDED_FIELD_NUMBER: _ClassVar[int]
    track_id: str
    album_id: str
    artist_id: str
    genre_id: str
    playlist_id: str
    library_id: str
    starred: bool
    recently_added: int
    def __init__(self, track_id: _Optional[str] = ..., album_id: _Optional[str] = ..., artist_id: _Optional[str] = ..., genre_id: _Optional[str] = ..., playlist_id: _Optional[str] = ..., library_id: _Optional[str] = ..., starred: _Optional[bool] = ..., recently_added: _Optional[int] = ...) -> None: ...

class SetRulesRequest(_message.Message):
    __slots__ = ("device_id", "rules", "limit_bytes")
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    limit_bytes: int
    def __init__(self, device_id: _Optional[str] = ..., rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., limit_bytes: _Optional[int] = ...) -> None: ...

class SetRulesResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListRulesRequest(_message.Message):
    __slots__ = ("device_id",)
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    def __init__(self, device_id: _Optional[str] = ...) -> None: ...

class ListRulesResponse(_message.Message):
    __slots__ = ("rules", "limit_bytes")
    RULES_FIELD_NUMBER: _ClassVar[int]
    LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    limit_bytes: int
    def __init__(self, rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., limit_bytes: _Optional[int] = ...) -> None: ...

class PlanRequest(_message.Message):
    __slots__ = ("device_id",)
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    def __init__(self, device_id: _Optional[str] = ...) -> None: ...

class PlanPart(_message.Message):
    __slots__ = ("items",)
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[PlanItem]
    def __init__(self, items: _Optional[_Iterable[_Union[PlanItem, _Mapping]]] = ...) -> None: ...

class PlanItem(_message.Message):
    __slots__ = ("action", "track_id", "hash", "size_bytes", "rule_index")
    ACTION_FIELD_NUMBER: _ClassVar[int]
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    RULE_INDEX_FIELD_NUMBER: _ClassVar[int]
    action: PlanAction
    track_id: str
    hash: bytes
    size_bytes: int
    rule_index: int
    def __init__(self, action: _Optional[_Union[PlanAction, str]] = ..., track_id: _Optional[str] = ..., hash: _Optional[bytes] = ..., size_bytes: _Optional[int] = ..., rule_index: _Optional[int] = ...) -> None: ...
