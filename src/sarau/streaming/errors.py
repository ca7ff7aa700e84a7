"""What can go wrong when delivering sound."""

from sarau.foundation.errors import Invalid, Limited, NotFound, Unauthenticated


class SoundMissing(NotFound):
    """The track is known and its file cannot be read."""

    code = "sound_missing"
    message = "The file of this track cannot be read just now."


class TooManyTranscodes(Limited):
    """All places for transcodes are taken."""

    code = "too_many_transcodes"
    message = "The server is busy with other encodings: please try again in a moment."


class BadSignature(Unauthenticated):
    """The signed address is wrong or has expired."""

    code = "bad_signature"
    message = "This address is no longer good."


class BadEncoding(Invalid):
    """The wish for an encoding cannot be fulfilled."""

    code = "bad_encoding"
