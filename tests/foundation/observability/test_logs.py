"""Logs tell what happened, in lines a machine can read, and never a secret."""

import io
import itertools
import json
import logging
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarau.foundation.observability.logs import HIDDEN, configure_logs, get_logger, request_id
from sarau.kit.tokens import new_token

_numbers = itertools.count()
SECRET = "s3cr3t" + new_token()
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJz" + SECRET + "." + SECRET
SECRET_NAMES = [
    "password", "new_password", "Password", "passwd", "secret", "client_secret", "token", "refresh_token",
    "access_token", "Authorization", "cookie", "set-cookie", "api_key", "apikey", "api-key", "x-api-key",
    "signature", "code", "private_key", "credentials",
]  # fmt: skip
LEAKS = [
    "Bearer {}",
    "authorization: bearer {}",
    "Authorization: Basic {}",
    "authorization=Basic {}",
    "GET /api/v1/stream?token={}&x=1",
    "GET /stream?u=1&sig={}",
    "GET /x?a=1&access_token={}",
    "https://house/reset?code={}",
    "postgresql://sarau:{}@db.example/house",
    "redis://:{}@cache:6379/0",
    "amqp://u:p@{}@host",
    "Cookie: sarau_session={}; theme=dark",
    "Set-Cookie: refresh={}; HttpOnly",
    "{{'password': '{}', 'name': 'Anna'}}",
    "{{'password': 'with spaces {} and more'}}",
    '{{"token": "{}"}}',
    '{{\\"token\\": \\"{}\\"}}',
    "password: {}",
    "password = {}",
    "X-Api-Key: {}",
    "api_key={}",
    "sarau_{}",
    'secret="{}"',
]
PLAIN_TEXTS = [
    "the token ring of the house", "KeyError: 'x'", "https://house/albums?limit=3", "anna@example.org sang",
    "a password is needed", "12:30:59", "cookies are sweet", "sarau_http_requests", "bear with us",
]  # fmt: skip


class Lines:
    """A fresh logger and what it wrote."""

    def __init__(self, stream: io.StringIO, style: str = "json", level: str = "debug") -> None:
        self._stream = stream
        configure_logs(style, level, stream)  # type: ignore[arg-type]
        self.name = f"test.{next(_numbers)}"
        self.log = get_logger(self.name)

    def text(self) -> str:
        return self._stream.getvalue()

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line, parse_constant=pytest.fail) for line in self.text().splitlines()]


@pytest.fixture(params=["json", "pretty"])
def lines(request: pytest.FixtureRequest, stream: io.StringIO) -> Lines:
    return Lines(stream, request.param)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_what_has_the_name_of_a_secret_is_hidden_however_deep(lines: Lines, name: str) -> None:
    lines.log.info("signed in", **{name: SECRET})
    lines.log.info("signed in", body={name: SECRET})
    lines.log.info("signed in", body=[{"inner": ({name: {"deeper": SECRET}},)}])

    assert SECRET not in lines.text()
    assert lines.text().count(HIDDEN) + lines.text().count(json.dumps(HIDDEN)[1:-1]) == 3


@pytest.mark.parametrize("leak", LEAKS)
def test_what_has_the_form_of_a_secret_is_hidden_wherever_it_stands(lines: Lines, leak: str) -> None:
    text = leak.format(SECRET)
    foreign = logging.getLogger(lines.name)
    lines.log.info(text)
    lines.log.info("told", words=text, nested={"words": [text]}, error=ValueError(text))
    lines.log.info("told", nested={text: 1})
    foreign.warning(text)
    foreign.warning("told %s", text)
    for tell in (lines.log.exception, foreign.exception):
        try:
            {}[text]
        except KeyError:
            tell("broken")

    assert SECRET not in lines.text()
    assert "KeyError" in lines.text()


def test_a_web_token_is_hidden_without_any_name(lines: Lines) -> None:
    lines.log.info("got " + JWT, other=JWT)

    assert SECRET not in lines.text()


@given(
    st.sampled_from(LEAKS),
    st.text(st.characters(categories=["L", "Zs"]), max_size=20),
    st.text(st.characters(categories=["L", "Zs"]), max_size=20),
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=43, max_size=60),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_around_a_secret(
    stream: io.StringIO, leak: str, before: str, after: str, secret: str
) -> None:
    lines = Lines(stream)
    lines.log.info(before + " " + leak.format(secret) + " " + after, told=[leak.format(secret) + "\n" + after])

    assert secret not in lines.text()


@pytest.mark.parametrize("text", PLAIN_TEXTS)
def test_what_is_no_secret_stays(stream: io.StringIO, text: str) -> None:
    lines = Lines(stream)
    lines.log.info(text, words=text)

    assert lines.entries()[0] | {"event": text, "words": text} == lines.entries()[0]


@pytest.mark.parametrize(
    "text", ["password: " + '"\\' * 50_000, "://x:" * 20_000, "token" + "\\" * 90_000, "eyJ." * 30_000]
)
def test_long_texts_made_to_hurt_are_taken_in_stride(stream: io.StringIO, text: str) -> None:
    lines = Lines(stream)
    lines.log.info("x", words=text)

    assert len(lines.entries()) == 1


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.binary()
VALUES = st.recursive(
    PLAIN | st.builds(object) | st.builds(ValueError, st.text()),
    lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner) | st.tuples(inner) | st.sets(PLAIN),
    max_leaves=10,
)


@given(VALUES, st.text(st.characters()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_entry_is_one_line_of_json(stream: io.StringIO, value: object, text: str) -> None:
    stream.truncate(stream.seek(0))
    lines = Lines(stream)
    lines.log.info(text, value=value)
    logging.getLogger(lines.name).warning("%s", text)
    entries = lines.entries()

    assert len(entries) == 2
    assert {"event", "level", "timestamp"} <= entries[0].keys() & entries[1].keys()


def test_a_value_that_holds_itself_is_no_trouble(stream: io.StringIO) -> None:
    lines = Lines(stream)
    endless: dict[str, Any] = {"password": SECRET}
    endless["again"] = endless
    lines.log.info("told", value=endless)

    assert len(lines.entries()) == 1
    assert SECRET not in lines.text()


def test_plain_values_stay_what_they_are(stream: io.StringIO) -> None:
    lines = Lines(stream)
    lines.log.info("scanned", files=3, share=0.5, done=True, library=None, names=["a"], more={"x": 1})
    [entry] = lines.entries()

    assert (
        entry | {"files": 3, "share": 0.5, "done": True, "library": None, "names": ["a"], "more": {"x": 1}} == entry
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", entry["timestamp"])


def test_the_request_id_is_in_every_line_of_the_request(stream: io.StringIO) -> None:
    lines = Lines(stream)
    context = request_id.set("r-1")
    lines.log.info("ours")
    logging.getLogger(lines.name).warning("foreign")
    request_id.reset(context)
    lines.log.info("outside")

    assert [entry.get("request_id") for entry in lines.entries()] == ["r-1", "r-1", None]


def test_an_exception_is_told_with_its_traceback(stream: io.StringIO) -> None:
    lines = Lines(stream)
    try:
        {}["no such song"]
    except KeyError:
        lines.log.exception("failed")
    [entry] = lines.entries()

    assert entry["level"] == "error"
    assert "KeyError: 'no such song'" in entry["exception"]
    assert "test_logs.py" in entry["exception"]


def test_levels_below_the_one_wanted_are_left_out(stream: io.StringIO) -> None:
    lines = Lines(stream, level="warning")
    lines.log.info("unwanted")
    logging.getLogger(lines.name).info("unwanted")
    lines.log.warning("wanted")
    logging.getLogger(lines.name).error("wanted")

    assert [entry["event"] for entry in lines.entries()] == ["wanted", "wanted"]


def test_pretty_lines_are_for_people(stream: io.StringIO) -> None:
    lines = Lines(stream, "pretty")
    lines.log.info("scan ended", files=3, library="Música")

    assert re.search(r"\[info +\] scan ended +.*files=3.*library=Música", lines.text())
    assert "\x1b" not in lines.text()


def test_auto_is_json_where_nobody_looks_on(stream: io.StringIO) -> None:
    lines = Lines(stream, "auto")
    lines.log.info("x")

    assert len(lines.entries()) == 1


@pytest.mark.parametrize(
    "evil", ["song\n2024 [info] owner signed in", "\x1b]0;title\x07", "\x1b[2J", "a\rb", "a\u2028b"]
)
def test_nobody_writes_lines_of_their_own_or_steers_the_terminal(stream: io.StringIO, evil: str) -> None:
    lines = Lines(stream, "pretty")
    lines.log.info("found " + evil, name=evil)
    logging.getLogger(lines.name).warning("found %s", evil)

    assert len(lines.text().splitlines()) == 2
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", lines.text())
