"""What no well-behaved client sends, byte by byte: each gets one clear answer, and the server goes on."""

import re
import socket
from urllib.parse import urlsplit

import pytest
from tests.support.houses import House

_CLOSE = b"Connection: close\r\n\r\n"
_SIGN_IN = b"POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_GET = b"GET /health HTTP/1.1\r\nHost: x\r\n"

# The whole of what is sent, and the status of the one answer.
REFUSED: dict[str, tuple[bytes, int]] = {
    "no version": (b"GET /health\r\n\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), 400),
    "two lengths": (_SIGN_IN + b"Content-Length: 4\r\nContent-Length: 6\r\n\r\nabcdef", 400),
    "a signed length": (_SIGN_IN + b"Content-Length: +4\r\n\r\nabcd", 400),
    "a negative length": (_SIGN_IN + b"Content-Length: -1\r\n\r\nabcd", 400),
    "an endless length": (_SIGN_IN + b"Content-Length: 99999999999999999999999\r\n\r\nabcd", 400),
    "an unknown coding": (_SIGN_IN + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
    "chunked not last": (_SIGN_IN + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
    "space before the colon": (_SIGN_IN + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
    "a folded header": (_GET + b"X-A: a\r\n b\r\n" + _CLOSE, 400),
    "a NUL in a header": (_GET + b"X-A: a\x00b\r\n" + _CLOSE, 400),
    "a bare CR in a header": (_GET + b"X-A: a\rX-B: b\r\n" + _CLOSE, 400),
    "a space in the address": (b"GET /hea lth HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a NUL in the address": (b"GET /hea\x00lth HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "bytes in the address": (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "an address of 70 kB": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
    "a header of 40 kB": (_GET + b"X-A: " + b"a" * 40_000 + b"\r\n" + _CLOSE, 431),
    "headers of 40 kB": (
        _GET + b"X-A: aaaaaaaaaaaaaaa\r\n" * 90 + b"Cookie: " + b"a" * 33_000 + b"\r\n" + _CLOSE,
        431,
    ),
    "a thousand headers": (_GET + b"X-A: b\r\n" * 1000 + _CLOSE, 431),
    "no address of the house": (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n" + _CLOSE, 404),
    "a chunk without a size": (
        _SIGN_IN + b"Transfer-Encoding: chunked\r\n" + _CLOSE + b"ZZ\r\nabc\r\n0\r\n\r\n",
        400,
    ),
    "a chunk beyond all sizes": (
        _SIGN_IN + b"Transfer-Encoding: chunked\r\n" + _CLOSE + b"f" * 18 + b"\r\nabc\r\n",
        400,
    ),
    "a token that is no text": (
        b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xe9\r\n" + _CLOSE,
        401,
    ),
    "cookies that are none": (
        b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nCookie: ;; =; sarau_access=\xff\r\n" + _CLOSE,
        401,
    ),
    "a proof that is no text": (
        b"PATCH /api/v1/me HTTP/1.1\r\nHost: x\r\nCookie: sarau_access=a\r\nX-CSRF-Token: \xff\r\n" + _CLOSE,
        401,
    ),
    "a token of metrics that is no text": (
        b"GET /metrics HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer \xff\r\n" + _CLOSE,
        401,
    ),
}
TAKEN: dict[str, bytes] = {
    "the version before": b"GET /health HTTP/1.0\r\n\r\n",
    "a header that is no text": _GET + b"User-Agent: \xff\x80\r\nAccept: \xff\r\n" + _CLOSE,
    "a request id that is none": _GET + b"X-Request-Id: \xff\r\n" + _CLOSE,
    "a host that is none": b'GET /health HTTP/1.1\r\nHost: a b"<>\r\n' + _CLOSE,
    "a whole address": b"GET http://another.example/health HTTP/1.1\r\nHost: x\r\n" + _CLOSE,
}


def _answers(house: House, sent: bytes, *, and_no_more: bool = False) -> bytes:
    """Send bytes and return all that comes until the server closes the connection."""
    place = urlsplit(house.url)
    received = b""
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
        connection.sendall(sent)
        if and_no_more:
            connection.shutdown(socket.SHUT_WR)
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass  # closed while we had more to say
    return received


def _statuses(received: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


def _well(house: House) -> bool:
    return house.at_root().get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_request_is_refused(house: House, what: str) -> None:
    sent, status = REFUSED[what]
    assert _statuses(_answers(house, sent)) == [status]
    assert _well(house)


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_odd_but_clear_is_answered(house: House, what: str) -> None:
    received = _answers(house, TAKEN[what])
    assert _statuses(received) == [200]
    assert received.endswith(b'{"status":"ok"}')


def test_no_request_is_smuggled_in_the_body_of_another(house: House) -> None:
    hidden = b"GET /api/v1/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
    for lengths in (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
    ):
        statuses = _statuses(_answers(house, _SIGN_IN + lengths + b"\r\n0\r\n\r\n" + hidden))
        assert statuses in ([422], [400])  # the connection is not used again
    whole = _SIGN_IN + b"Content-Length: " + str(len(hidden)).encode() + b"\r\n" + _CLOSE + hidden
    assert _statuses(_answers(house, whole)) == [422]
    assert "/api/v1/hidden" not in house.server.said()


def test_requests_on_one_connection_are_answered_in_turn(house: House) -> None:
    assert _statuses(_answers(house, _GET + b"\r\n" + b"GET /api/nope HTTP/1.1\r\nHost: x\r\n" + _CLOSE)) == [
        200,
        404,
    ]


def test_a_body_that_breaks_off_changes_nothing(house: House) -> None:
    token = house.owner.client.headers["authorization"].encode()
    invitations = len(house.owner.client.get("/invites").json()["items"])
    begun = (
        b"POST /api/v1/invites HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: "
        + token
        + b"\r\nContent-Length: 50\r\n\r\n{}"
    )
    assert _statuses(_answers(house, begun, and_no_more=True)) == [400]
    assert len(house.owner.client.get("/invites").json()["items"]) == invitations


def test_what_is_announced_is_asked_for(house: House) -> None:
    announced = _SIGN_IN + b"Expect: 100-continue\r\nContent-Length: 2\r\n" + _CLOSE + b"{}"
    assert _statuses(_answers(house, announced)) == [100, 422]


def test_no_door_to_elsewhere(house: House) -> None:
    """Neither a proxy nor another protocol behind this one."""
    place = urlsplit(house.url)
    tunnel = b"CONNECT another.example:443 HTTP/1.1\r\nHost: x\r\n\r\n"
    socket_wanted = (
        b"GET /api/v1/house HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    for sent, statuses in ((tunnel, {b"404", b"405"}), (socket_wanted, {b"403"})):
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
            connection.sendall(sent)
            assert connection.recv(65536).split(b" ")[1] in statuses


def test_a_long_question_is_a_question(house: House) -> None:
    token = house.owner.client.headers["authorization"].encode()
    asked = (
        b"GET /api/v1/search?q="
        + b"a" * 40_000
        + b" HTTP/1.1\r\nHost: x\r\nAuthorization: "
        + token
        + b"\r\n"
        + _CLOSE
    )
    assert _statuses(_answers(house, asked)) == [422]
