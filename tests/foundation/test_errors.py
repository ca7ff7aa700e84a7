"""What can go wrong has a stable code, a message safe to show, and data."""

import pytest

from sarau.foundation import errors
from sarau.foundation.errors import DomainError, Invalid, Limited, NotFound

KINDS = ["NotFound", "Forbidden", "Unauthenticated", "Invalid", "Conflict", "Limited", "Unavailable"]


class SongMissing(NotFound):
    code = "song_missing"
    message = "There is no such song."


def test_an_error_carries_code_message_and_data() -> None:
    error = SongMissing(song_id="7")

    assert (error.code, error.text, str(error), error.data) == (
        "song_missing",
        "There is no such song.",
        "There is no such song.",
        {"song_id": "7"},
    )
    assert SongMissing("Not here either.").text == "Not here either."


def test_what_is_invalid_is_named() -> None:
    error = Invalid("port", "is too large", limit=65535)

    assert error.text == "port: is too large"
    assert error.data == {"field": "port", "reason": "is too large", "limit": 65535}


@pytest.mark.parametrize("name", KINDS)
def test_there_are_seven_kinds_with_codes_of_their_own(name: str) -> None:
    kind = getattr(errors, name)

    assert issubclass(kind, DomainError)
    assert kind.code not in {getattr(errors, other).code for other in KINDS if other != name}
    assert kind.message.endswith(".")
    assert Limited(retry_after_s=3).data == {"retry_after_s": 3}
