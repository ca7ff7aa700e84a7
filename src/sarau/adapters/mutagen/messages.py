"""What a reading process and its parent say to each other, as MessagePack."""

from collections.abc import Iterator

import msgspec

from sarau.foundation.media.tags import SoundFile, UnreadableSound

READY = b"ready"

Request = list[tuple[bytes, str]]  # paths, as the system has them, with their suffixes
# A request is answered in its order, by one message or more, each a list of replies.
Outcome = SoundFile | UnreadableSound | OSError


class Heard(msgspec.Struct, tag=True, array_like=True):
    """A file was read."""

    sound: SoundFile


class Refused(msgspec.Struct, tag=True, array_like=True):
    """A file is no sound."""

    reason: str


class Failed(msgspec.Struct, tag=True, array_like=True):
    """The system did not give us a file."""

    number: int
    message: str


Reply = Heard | Refused | Failed

encode = msgspec.msgpack.Encoder().encode
decode_request = msgspec.msgpack.Decoder(Request).decode
_decode_replies = msgspec.msgpack.Decoder(list[Reply]).decode


def reply_to(outcome: Outcome) -> Reply:
    """Return the reply for an outcome."""
    if isinstance(outcome, SoundFile):
        return Heard(outcome)
    if isinstance(outcome, UnreadableSound):
        return Refused(outcome.reason)
    return Failed(outcome.errno or 0, outcome.strerror or str(outcome))


def outcomes_of(message: bytes) -> Iterator[Outcome]:
    """Yield the outcomes that a message of replies tells of."""
    for reply in _decode_replies(message):
        if isinstance(reply, Heard):
            yield reply.sound
        elif isinstance(reply, Refused):
            yield UnreadableSound(reply.reason)
        else:
            yield OSError(reply.number, reply.message)
