"""The language of playing from afar: what devices say, and the commands they give."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from sarau.foundation.errors import Invalid
from sarau.playback.remote.schemas import MAX_ENTRIES, Repeat, Usernames

T = TypeVar("T")
WEEK_MS = 7 * 86_400_000
MAX_MESSAGE_BYTES = 512 << 10  # ten thousand track ids are 190 KB

Id = Annotated[str, Meta(max_length=64)]
PositionMs = Annotated[int, Meta(ge=0, le=WEEK_MS)]
ServerTime = Annotated[int, Meta(ge=0, le=2**62)]
Volume = Annotated[float, Meta(ge=0, le=1)]
TrackIds = Annotated[list[Id], Meta(max_length=MAX_ENTRIES)]
Place = Annotated[int, Meta(ge=0, le=MAX_ENTRIES)]


class _Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """Something that a session is to do; `queue_version` is that of the queue it was made for, 0 for any.

    `session_id` is for who commands without a connection: another person's session, or nothing for one's own.
    """

    queue_version: Annotated[int, Meta(ge=0, le=2**62)] = 0
    session_id: Id = ""


class PlayCommand(_Command, frozen=True, kw_only=True, tag="play"):
    """Go on, from where it is."""


class PauseCommand(_Command, frozen=True, kw_only=True, tag="pause"):
    """Be silent and keep the position."""


class StopCommand(_Command, frozen=True, kw_only=True, tag="stop"):
    """End playing and forget the position; the queue stays."""


class NextCommand(_Command, frozen=True, kw_only=True, tag="next"):
    """Go to the next entry."""


class PreviousCommand(_Command, frozen=True, kw_only=True, tag="previous"):
    """Go to the entry before, or to this one's beginning when more than three seconds of it have played."""


class SeekCommand(_Command, frozen=True, kw_only=True, tag="seek"):
    """Go to a position of the entry."""

    position_ms: PositionMs


class SetVolumeCommand(_Command, frozen=True, kw_only=True, tag="set_volume"):
    """How loud; without a device every one that sounds."""

    volume: Volume
    device_id: Id = ""


class SetMutedCommand(_Command, frozen=True, kw_only=True, tag="set_muted"):
    """Silent or not, whatever the volume; without a device every one that sounds."""

    muted: bool
    device_id: Id = ""


class SetRateCommand(_Command, frozen=True, kw_only=True, tag="set_rate"):
    """How fast, 1 being the song's own."""

    rate: Annotated[float, Meta(ge=0.25, le=4)]


class SetRepeatCommand(_Command, frozen=True, kw_only=True, tag="set_repeat"):
    """What comes after the end."""

    repeat: Repeat


class SetShuffleCommand(_Command, frozen=True, kw_only=True, tag="set_shuffle"):
    """Play the queue by chance, or in its order."""

    shuffle: bool


class LoadCommand(_Command, frozen=True, kw_only=True, tag="load"):
    """Put tracks in place of the queue."""

    track_ids: TrackIds
    index: Place = 0
    position_ms: PositionMs = 0
    playing: bool = False


class AppendCommand(_Command, frozen=True, kw_only=True, tag="append"):
    """Put tracks into the queue, before an entry or at the end."""

    track_ids: TrackIds
    index: Place | None = None


class MoveCommand(_Command, frozen=True, kw_only=True, tag="move"):
    """Put an entry elsewhere, counted without it."""

    entry_id: Id
    index: Place


class RemoveCommand(_Command, frozen=True, kw_only=True, tag="remove"):
    """Take entries out."""

    entry_ids: TrackIds


class TransferCommand(_Command, frozen=True, kw_only=True, tag="transfer"):
    """Let sound come from these devices alone."""

    device_ids: Annotated[list[Id], Meta(min_length=1, max_length=200)]


class JumpCommand(_Command, frozen=True, kw_only=True, tag="jump"):
    """Play another entry of the queue."""

    entry_id: Id


Command = (
    PlayCommand | PauseCommand | StopCommand | NextCommand | PreviousCommand | SeekCommand | SetVolumeCommand
    | SetMutedCommand | SetRateCommand | SetRepeatCommand | SetShuffleCommand | LoadCommand | AppendCommand
    | MoveCommand | RemoveCommand | TransferCommand | JumpCommand
)  # fmt: skip


class _Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """Something that a device says; the id of a request comes back in its answer, 0 wants none."""

    request_id: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0


class Join(_Message, frozen=True, kw_only=True, tag="join"):
    """Who joins, and what with; a session that is named is another person's."""

    device_id: Id = ""
    name: Annotated[str, Meta(max_length=80)] = ""
    type: Annotated[str, Meta(max_length=30)] = ""
    media_types: Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=50)] = []
    plays: bool = False
    has_volume: bool = False
    resume_token: Annotated[str, Meta(max_length=300)] = ""
    last_event_id: Annotated[int, Meta(ge=0, le=2**62)] = 0
    session_id: Id = ""


class Ping(_Message, frozen=True, kw_only=True, tag="ping"):
    """Asks for the server's clock, and tells how the device reckons."""

    client_time_us: Annotated[int, Meta(ge=-(2**62), le=2**62)] = 0
    offset_us: Annotated[int, Meta(ge=-(2**62), le=2**62)] | None = None
    round_trip_us: Annotated[int, Meta(ge=0, le=2**40)] | None = None


class Report(_Message, frozen=True, kw_only=True, tag="report"):
    """What a sounding device does; `at_us` is server time, 0 for now."""

    position_ms: PositionMs = 0
    at_us: ServerTime = 0
    playing: bool = False
    buffering: bool = False
    volume: Volume | None = None
    muted: bool | None = None
    entry_id: Id = ""
    ended: bool = False
    problem: Annotated[str, Meta(max_length=300)] = ""


class Commanded(_Message, frozen=True, kw_only=True, tag="command"):
    """A command to the session that the device has joined."""

    command: Command


class PartyChange(_Message, frozen=True, kw_only=True, tag="party"):
    """Who may take part from now on, by username; nobody else may."""

    usernames: Usernames


ClientMessage = Join | Ping | Report | Commanded | PartyChange
_decoder: msgspec.json.Decoder[ClientMessage] = msgspec.json.Decoder(ClientMessage)


def _invalid(error: msgspec.ValidationError) -> Invalid:
    reason, _, place = str(error).rpartition(" - at `")
    return Invalid(place.rstrip("`").removeprefix("$").removeprefix(".") or "message", reason or str(error))


def message_in(raw: str | bytes) -> ClientMessage:
    """Return the message that a JSON text is; raises Invalid naming the field."""
    try:
        return _decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Invalid("message", f"it is not JSON: {error}") from error


def message_of(plain: dict[str, Any]) -> ClientMessage:
    """Return the message that plain values are; raises Invalid naming the field."""
    try:
        message: ClientMessage = msgspec.convert(plain, ClientMessage)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    return message
