from sarau.interfaces.grpc.stubs.sarau.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Repeat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPEAT_UNSPECIFIED: _ClassVar[Repeat]
    REPEAT_OFF: _ClassVar[Repeat]
    REPEAT_ALL: _ClassVar[Repeat]
    REPEAT_ONE: _ClassVar[Repeat]
REPEAT_UNSPECIFIED: Repeat
REPEAT_OFF: Repeat
REPEAT_ALL: Repeat
REPEAT_ONE: Repeat

class ClientMessage(_message.Message):
    __slots__ = ("request_id", "join", "ping", "report", "command", "party")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    request_id: int
    join: Join
    ping: Ping
    report: Report
    command: Command
    party: PartyChange
    def __init__(self, request_id: _Optional[int] = ..., join: _Optional[_Union[Join, _Mapping]] = ..., ping: _Optional[_Union[Ping, _Mapping]] = ..., report: _Optional[_Union[Report, _Mapping]] = ..., command: _Optional[_Union[Command, _Mapping]] = ..., party: _Optional[_Union[PartyChange, _Mapping]] = ...) -> None: ...

class ServerMessage(_message.Message):
    __slots__ = ("event_id", "joined", "pong", "done", "refused", "state", "devices", "queue")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    JOINED_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    event_id: int
    joined: Joined
    pong: Pong
    done: Done
    refused: Refused
    state: SessionState
    devices: Devices
    queue: Queue
    def __init__(self, event_id: _Optional[int] = ..., joined: _Optional[_Union[Joined, _Mapping]] = ..., pong: _Optional[_Union[Pong, _Mapping]] = ..., done: _Optional[_Union[Done, _Mapping]] = ..., refused: _Optional[_Union[Refused, _Mapping]] = ..., state: _Optional[_Union[SessionState, _Mapping]] = ..., devices: _Optional[_Union[Devices, _Mapping]] = ..., queue: _Optional[_Union[Queue, _Mapping]] = ...) -> None: ...

class Join(_message.Message):
    __slots__ = ("device_id", "name", "type", "media_types", "plays", "has_volume", "resume_token", "last_event_id", "session_id")
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPES_FIELD_NUMBER: _ClassVar[int]
    PLAYS_FIELD_NUMBER: _ClassVar[int]
    HAS_VOLUME_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    LAST_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    name: str
    type: str
    media_types: _containers.RepeatedScalarFieldContainer[str]
    plays: bool
    has_volume: bool
    resume_token: str
    last_event_id: int
    session_id: str
    def __init__(self, device_id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., media_types: _Optional[_Iterable[str]] = ..., plays: _Optional[bool] = ..., has_volume: _Optional[bool] = ..., resume_token: _Optional[str] = ..., last_event_id: _Optional[int] = ..., session_id: _Optional[str] = ...) -> None: ...

class Joined(_message.Message):
    __slots__ = ("device_id", "session_id", "resume_token", "state", "queue", "devices", "resumed")
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    RESUMED_FIELD_NUMBER: _ClassVar[int]
    device_id: str
    session_id: str
    resume_token: str
    state: SessionState
    queue: Queue
    devices: Devices
    resumed: bool
    def __init__(self, device_id: _Optional[str] = ..., session_id: _Optional[str] = ..., resume_token: _Optional[str] = ..., state: _Optional[_Union[SessionState, _Mapping]] = ..., queue: _Optional[_Union[Queue, _Mapping]] = ..., devices: _Optional[_Union[Devices, _Mapping]] = ..., resumed: _Optional[bool] = ...) -> None: ...

class Ping(_message.Message):
    __slots__ = ("client_time_us", "offset_us", "round_trip_us")
    CLIENT_TIME_US_FIELD_NUMBER: _ClassVar[int]
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_US_FIELD_NUMBER: _ClassVar[int]
    client_time_us: int
    offset_us: int
    round_trip_us: int
    def __init__(self, client_time_us: _Optional[int] = ..., offset_us: _Optional[int] = ..., round_trip_us: _Optional[int] = ...) -> None: ...

class Pong(_message.Message):
    __slots__ = ("client_time_us", "server_received_us", "server_sent_us")
    CLIENT_TIME_US_FIELD_NUMBER: _ClassVar[int]
    SERVER_RECEIVED_US_FIELD_NUMBER: _ClassVar[int]
    SERVER_SENT_US_FIELD_NUMBER: _ClassVar[int]
    client_time_us: int
    server_received_us: int
    server_sent_us: int
    def __init__(self, client_time_us: _Optional[int] = ..., server_received_us: _Optional[int] = ..., server_sent_us: _Optional[int] = ...) -> None: ...

class Report(_message.Message):
    __slots__ = ("position_ms", "at_us", "playing", "buffering", "volume", "muted", "entry_id", "ended", "problem")
    POSITION_MS_FIELD_NUMBER: _ClassVar[int]
    AT_US_FIELD_NUMBER: _ClassVar[int]
    PLAYING_FIELD_NUMBER: _ClassVar[int]
    BUFFERING_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    position_ms: int
    at_us: int
    playing: bool
    buffering: bool
    volume: float
    muted: bool
    entry_id: str
    ended: bool
    problem: str
    def __init__(self, position_ms: _Optional[int] = ..., at_us: _Optional[int] = ..., playing: _Optional[bool] = ..., buffering: _Optional[bool] = ..., volume: _Optional[float] = ..., muted: _Optional[bool] = ..., entry_id: _Optional[str] = ..., ended: _Optional[bool] = ..., problem: _Optional[str] = ...) -> None: ...

class Command(_message.Message):
    __slots__ = ("play", "pause", "stop", "next", "previous", "seek", "set_volume", "set_muted", "set_rate", "set_repeat", "set_shuffle", "load", "append", "move", "remove", "transfer", "jump", "queue_version")
    PLAY_FIELD_NUMBER: _ClassVar[int]
    PAUSE_FIELD_NUMBER: _ClassVar[int]
    STOP_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    SEEK_FIELD_NUMBER: _ClassVar[int]
    SET_VOLUME_FIELD_NUMBER: _ClassVar[int]
    SET_MUTED_FIELD_NUMBER: _ClassVar[int]
    SET_RATE_FIELD_NUMBER: _ClassVar[int]
    SET_REPEAT_FIELD_NUMBER: _ClassVar[int]
    SET_SHUFFLE_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    APPEND_FIELD_NUMBER: _ClassVar[int]
    MOVE_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    JUMP_FIELD_NUMBER: _ClassVar[int]
    QUEUE_VERSION_FIELD_NUMBER: _ClassVar[int]
    play: Play
    pause: Pause
    stop: Stop
    next: Next
    previous: Previous
    seek: Seek
    set_volume: SetVolume
    set_muted: SetMuted
    set_rate: SetRate
    set_repeat: SetRepeat
    set_shuffle: SetShuffle
    load: Load
    append: Append
    move: Move
    remove: Remove
    transfer: Transfer
    jump: Jump
    queue_version: int
    def __init__(self, play: _Optional[_Union[Play, _Mapping]] = ..., pause: _Optional[_Union[Pause, _Mapping]] = ..., stop: _Optional[_Union[Stop, _Mapping]] = ..., next: _Optional[_Union[Next, _Mapping]] = ..., previous: _Optional[_Union[Previous, _Mapping]] = ..., seek: _Optional[_Union[Seek, _Mapping]] = ..., set_volume: _Optional[_Union[SetVolume, _Mapping]] = ..., set_muted: _Optional[_Union[SetMuted, _Mapping]] = ..., set_rate: _Optional[_Union[SetRate, _Mapping]] = ..., set_repeat: _Optional[_Union[SetRepeat, _Mapping]] = ..., set_shuffle: _Optional[_Union[SetShuffle, _Mapping]] = ..., load: _Optional[_Union[Load, _Mapping]] = ..., append: _Optional[_Union[Append, _Mapping]] = ..., move: _Optional[_Union[Move, _Mapping]] = ..., remove: _Optional[_Union[Remove, _Mapping]] = ..., transfer: _Optional[_Union[Transfer, _Mapping]] = ..., jump: _Optional[_Union[Jump, _Mapping]] = ..., queue_version: _Optional[int] = ...) -> None: ...

class Play(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Pause(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Stop(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Next(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Previous(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Seek(_message.Message):
    __slots__ = ("position_ms",)
    POSITION_MS_FIELD_NUMBER: _ClassVar[int]
    position_ms: int
    def __init__(self, position_ms: _Optional[int] = ...) -> None: ...

class SetVolume(_message.Message):
    __slots__ = ("volume", "device_id")
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    volume: float
    device_id: str
    def __init__(self, volume: _Optional[float] = ..., device_id: _Optional[str] = ...) -> None: ...

class SetMuted(_message.Message):
    __slots__ = ("muted", "device_id")
    MUTED_FIELD_NUMBER: _ClassVar[int]
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    muted: bool
    device_id: str
    def __init__(self, muted: _Optional[bool] = ..., device_id: _Optional[str] = ...) -> None: ...

class SetRate(_message.Message):
    __slots__ = ("rate",)
    RATE_FIELD_NUMBER: _ClassVar[int]
    rate: float
    def __init__(self, rate: _Optional[float] = ...) -> None: ...

class SetRepeat(_message.Message):
    __slots__ = ("repeat",)
    REPEAT_FIELD_NUMBER: _ClassVar[int]
    repeat: Repeat
    def __init__(self, repeat: _Optional[_Union[Repeat, str]] = ...) -> None: ...

class SetShuffle(_message.Message):
    __slots__ = ("shuffle",)
    SHUFFLE_FIELD_NUMBER: _ClassVar[int]
    shuffle: bool
    def __init__(self, shuffle: _Optional[bool] = ...) -> None: ...

class Load(_message.Message):
    __slots__ = ("track_ids", "index", "position_ms", "playing")
    TRACK_IDS_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    POSITION_MS_FIELD_NUMBER: _ClassVar[int]
    PLAYING_FIELD_NUMBER: _ClassVar[int]
    track_ids: _containers.RepeatedScalarFieldContainer[str]
    index: int
    position_ms: int
    playing: bool
    def __init__(self, track_ids: _Optional[_Iterable[str]] = ..., index: _Optional[int] = ..., position_ms: _Optional[int] = ..., playing: _Optional[bool] = ...) -> None: ...

class Append(_message.Message):
    __slots__ = ("track_ids", "index")
    TRACK_IDS_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    track_ids: _containers.RepeatedScalarFieldContainer[str]
    index: int
    def __init__(self, track_ids: _Optional[_Iterable[str]] = ..., index: _Optional[int] = ...) -> None: ...

class Move(_message.Message):
    __slots__ = ("entry_id", "index")
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    index: int
    def __init__(self, entry_id: _Optional[str] = ..., index: _Optional[int] = ...) -> None: ...

class Remove(_message.Message):
    __slots__ = ("entry_ids",)
    ENTRY_IDS_FIELD_NUMBER: _ClassVar[int]
    entry_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, entry_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class Transfer(_message.Message):
    __slots__ = ("device_ids",)
    DEVICE_IDS_FIELD_NUMBER: _ClassVar[int]
    device_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, device_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class Jump(_message.Message):
    __slots__ = ("entry_id",)
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    def __init__(self, entry_id: _Optional[str] = ...) -> None: ...

class PartyChange(_message.Message):
    __slots__ = ("usernames",)
    USERNAMES_FIELD_NUMBER: _ClassVar[int]
    usernames: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, usernames: _Optional[_Iterable[str]] = ...) -> None: ...

class Done(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: int
    def __init__(self, request_id: _Optional[int] = ...) -> None: ...

class Refused(_message.Message):
    __slots__ = ("request_id", "code", "message")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    request_id: int
    code: str
    message: str
    def __init__(self, request_id: _Optional[int] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class QueueEntry(_message.Message):
    __slots__ = ("id", "track_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    track_id: str
    def __init__(self, id: _Optional[str] = ..., track_id: _Optional[str] = ...) -> None: ...

class Queue(_message.Message):
    __slots__ = ("entries", "version")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[QueueEntry]
    version: int
    def __init__(self, entries: _Optional[_Iterable[_Union[QueueEntry, _Mapping]]] = ..., version: _Optional[int] = ...) -> None: ...

class SessionState(_message.Message):
    __slots__ = ("session_id", "playing", "position_ms", "at_us", "rate", "repeat", "shuffle", "entry_id", "index", "track", "sounding_device_ids", "party", "owner", "next_track_id")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    PLAYING_FIELD_NUMBER: _ClassVar[int]
    POSITION_MS_FIELD_NUMBER: _ClassVar[int]
    AT_US_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    REPEAT_FIELD_NUMBER: _ClassVar[int]
    SHUFFLE_FIELD_NUMBER: _ClassVar[int]
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    TRACK_FIELD_NUMBER: _ClassVar[int]
    SOUNDING_DEVICE_IDS_FIELD_NUMBER: _ClassVar[int]
    PARTY_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_TRACK_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    playing: bool
    position_ms: int
    at_us: int
    rate: float
    repeat: Repeat
    shuffle: bool
    entry_id: str
    index: int
    track: _common_pb2.Track
    sounding_device_ids: _containers.RepeatedScalarFieldContainer[str]
    party: _containers.RepeatedScalarFieldContainer[str]
    owner: str
    next_track_id: str
    def __init__(self, session_id: _Optional[str] = ..., playing: _Optional[bool] = ..., position_ms: _Optional[int] = ..., at_us: _Optional[int] = ..., rate: _Optional[float] = ..., repeat: _Optional[_Union[Repeat, str]] = ..., shuffle: _Optional[bool] = ..., entry_id: _Optional[str] = ..., index: _Optional[int] = ..., track: _Optional[_Union[_common_pb2.Track, _Mapping]] = ..., sounding_device_ids: _Optional[_Iterable[str]] = ..., party: _Optional[_Iterable[str]] = ..., owner: _Optional[str] = ..., next_track_id: _Optional[str] = ...) -> None: ...

class Device(_message.Message):
    __slots__ = ("id", "name", "type", "owner", "online", "plays", "sounding", "has_volume", "volume", "muted", "buffering", "last_seen_ms", "round_trip_us", "problem")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    ONLINE_FIELD_NUMBER: _ClassVar[int]
    PLAYS_FIELD_NUMBER: _ClassVar[int]
    SOUNDING_FIELD_NUMBER: _ClassVar[int]
    HAS_VOLUME_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    BUFFERING_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_MS_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_US_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    type: str
    owner: str
    online: bool
    plays: bool
    sounding: bool
    has_volume: bool
    volume: float
    muted: bool
    buffering: bool
    last_seen_ms: int
    round_trip_us: int
    problem: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., owner: _Optional[str] = ..., online: _Optional[bool] = ..., plays: _Optional[bool] = ..., sounding: _Optional[bool] = ..., has_volume: _Optional[bool] = ..., volume: _Optional[float] = ..., muted: _Optional[bool] = ..., buffering: _Optional[bool] = ..., last_seen_ms: _Optional[int] = ..., round_trip_us: _Optional[int] = ..., problem: _Optional[str] = ...) -> None: ...

class Devices(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[Device]
    def __init__(self, devices: _Optional[_Iterable[_Union[Device, _Mapping]]] = ...) -> None: ...
