"""Files as they are, whole and in parts (RFC 9110, sections 13 and 14), compared byte for byte."""

import threading
import time
from email.utils import formatdate
from typing import NamedTuple

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.streaming.scenery import Stage
from tests.support.houses import problem


class Part(NamedTuple):
    """A piece of a reply: where it lies in the whole, and its bytes."""

    start: int
    stop: int
    content: bytes


def parts(answer: httpx.Response, size: int) -> list[Part]:
    """Return the pieces of a 206, byte for byte as RFC 9110, section 14.6 has them."""
    assert answer.status_code == 206
    assert int(answer.headers["content-length"]) == len(answer.content)
    kind, _, boundary = answer.headers["content-type"].partition("; boundary=")
    if not boundary:
        return [_part(answer.headers["content-range"], answer.content, size)]
    assert kind == "multipart/byteranges"
    assert "content-range" not in answer.headers
    found: list[Part] = []
    rest = answer.content
    while rest != f"\r\n--{boundary}--\r\n".encode():
        start = f"\r\n--{boundary}\r\n".encode()
        assert rest.startswith(start)
        head, _, rest = rest[len(start) :].partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        assert fields["content-type"] == "audio/wav"
        one = _part(fields["content-range"], rest, size)
        found.append(one)
        rest = rest[one.stop - one.start :]
    assert len(found) > 1
    return found


def _part(content_range: str, content: bytes, size: int) -> Part:
    place, _, total = content_range.removeprefix("bytes ").partition("/")
    first, _, last = place.partition("-")
    assert int(total) == size
    start, stop = int(first), int(last) + 1
    return Part(start, stop, content[: stop - start])


def check(answer: httpx.Response, content: bytes) -> list[Part]:
    """Return the pieces of a reply once each is what a slice of the content gives."""
    found = parts(answer, len(content))
    for one in found:
        assert one.content == content[one.start : one.stop]
        assert 0 <= one.start < one.stop <= len(content)
    return found


@pytest.mark.parametrize("title", ["tiny", "odd", "below", "above", "large"])
def test_a_whole_file(music: Stage, title: str) -> None:
    content = music.file(title).read_bytes()
    answer = music.get(title)
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["accept-ranges"] == "bytes"
    assert "content-range" not in answer.headers
    whole = music.get(title, headers={"range": "bytes=0-"})  # what browsers ask first
    assert check(whole, content) == [Part(0, len(content), content)]


@pytest.mark.parametrize("title", ["tiny", "above", "large"])
def test_one_part(music: Stage, title: str) -> None:
    content = music.file(title).read_bytes()
    size = len(content)
    for asked, start, stop in (
        ("0-0", 0, 1),
        ("1-1", 1, 2),
        (f"{size - 1}-", size - 1, size),
        (f"{size - 1}-{size - 1}", size - 1, size),
        ("100-199", 100, 200),
        ("100-", 100, size),
        (f"0-{size - 2}", 0, size - 1),
        (f"0-{size + 1000}", 0, size),
        ("-1", size - 1, size),
        ("-100", size - 100, size),
        (f"-{size}", 0, size),
        (f"-{size + 1000}", 0, size),
        ("50-99999999999999999999", 50, size),
    ):
        (one,) = check(music.get(title, headers={"range": f"bytes={asked}"}), content)
        assert (one.start, one.stop) == (start, stop), asked


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("0-0,-1", [(0, 1), (-1, None)]),
        ("0-99,200-299,400-499", [(0, 100), (200, 300), (400, 500)]),
        ("2000-2999,0-999", [(2000, 3000), (0, 1000)]),
        ("0-99, 100-199", [(0, 100), (100, 200)]),
        ("10-,0-5", [(10, None), (0, 6)]),
        ("0-9,99999999-", [(0, 10)]),
        ("0-99,50-149", [(0, 150)]),
        ("0-,0-,-1,5-", [(0, None)]),
    ],
)
@pytest.mark.parametrize("title", ["odd", "large"])
def test_several_parts(music: Stage, title: str, asked: str, places: list[tuple[int, int | None]]) -> None:
    content = music.file(title).read_bytes()
    found = check(music.get(title, headers={"range": f"bytes={asked}"}), content)
    wanted = [range(len(content))[start:stop] for start, stop in places]
    assert [(one.start, one.stop) for one in found] == [(one.start, one.stop) for one in wanted]


def test_nobody_gets_more_than_the_file_by_asking_for_it_many_times(music: Stage) -> None:
    content = music.file("large").read_bytes()
    for asked in ("0-," * 16, ",".join(f"{n}-" for n in range(16)), ",".join(f"0-{9 + n}" for n in range(16))):
        answer = music.get("large", headers={"range": f"bytes={asked.strip(',')}"})
        check(answer, content)
        assert len(answer.content) <= len(content)
    many = ",".join(f"{n}-{n}" for n in range(0, 34, 2))
    assert music.get("large", headers={"range": f"bytes={many}"}).status_code == 416
    too_long = music.get("odd", headers={"range": "bytes=" + "0-1," * 600})
    assert (too_long.status_code, too_long.content) == (200, music.file("odd").read_bytes())


@pytest.mark.parametrize(
    "asked", ["bytes=300-", "bytes=300-400", "bytes=9999999999999999999999-", "bytes=-0", "bytes=300-,400-"]
)
def test_what_lies_behind_the_end_cannot_be_had(music: Stage, asked: str) -> None:
    answer = music.get("tiny", headers={"range": asked})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == "bytes */300"
    assert answer.headers["etag"] == music.get("tiny").headers["etag"]


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=a-b", "bytes", "items=0-5", "bytes=0-5;6-7", "0-5", "bytes=-", "="]
)
def test_what_is_no_range_is_ignored(music: Stage, asked: str) -> None:
    answer = music.get("tiny", headers={"range": asked})
    assert (answer.status_code, answer.content) == (200, music.file("tiny").read_bytes())


NUMBERS = st.integers(0, 5000).map(str) | st.sampled_from(["", "0", "299", "300", "4096", "4097", "9" * 25])
SPECS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=16)
ANY = st.text("bytes=-0123456789, \tBx*/;", max_size=60).map(str.strip)


def _wanted(specs: list[tuple[str, str]], size: int) -> set[int] | None:
    """Return the places that specs mean, as plain slices; None when one of them means nothing at all."""
    wanted: set[int] = set()
    for first, last in specs:
        if not first and not last:
            return None
        if first and last and int(last) < int(first):
            return None
        whole = range(size)
        wanted |= set(whole[int(first) : int(last) + 1 if last else None] if first else whole[-int(last) or size :])
    return wanted


@settings(max_examples=80, deadline=None)
@given(SPECS, st.sampled_from(["tiny", "odd"]))
def test_any_ranges_give_what_slices_give(music: Stage, specs: list[tuple[str, str]], title: str) -> None:
    content = music.file(title).read_bytes()
    wanted = _wanted(specs, len(content))
    answer = music.get(title, headers={"range": "bytes=" + ",".join(map("-".join, specs))})
    if wanted is None:
        assert (answer.status_code, answer.content) == (200, content)
    elif not wanted:
        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(content)}")
    else:
        served = [place for one in check(answer, content) for place in range(one.start, one.stop)]
        assert sorted(served) == sorted(wanted)


@settings(max_examples=80, deadline=None)
@given(ANY | ANY.map("bytes=".__add__), st.sampled_from(["tiny", "odd"]))
def test_any_text_gives_the_whole_or_true_parts_of_it(music: Stage, asked: str, title: str) -> None:
    content = music.file(title).read_bytes()
    answer = music.get(title, headers={"range": asked})
    if answer.status_code == 200:
        assert answer.content == content
    elif answer.status_code == 416:
        assert answer.headers["content-range"] == f"bytes */{len(content)}"
    else:
        assert check(answer, content)


def test_if_range_decides_between_a_part_and_all(music: Stage) -> None:
    content = music.file("odd").read_bytes()
    known = music.get("odd").headers
    for condition, partial in (
        (known["etag"], True),
        (known["last-modified"], True),
        (f"W/{known['etag']}", False),
        ('"another"', False),
        ("*", False),
        (formatdate(0, usegmt=True), False),
        (formatdate(time.time() + 9999, usegmt=True), False),
        ("yesterday", False),
    ):
        answer = music.get("odd", headers={"range": "bytes=10-19", "if-range": condition})
        assert (answer.status_code, answer.content) == ((206, content[10:20]) if partial else (200, content)), (
            condition
        )
    # A range behind the end is no error when the condition makes it void.
    answer = music.get("odd", headers={"range": "bytes=99999-", "if-range": '"another"'})
    assert (answer.status_code, answer.content) == (200, content)


def test_who_has_it_is_not_sent_it_again(music: Stage) -> None:
    known = music.get("odd").headers
    for tags in (known["etag"], f"W/{known['etag']}", f'"a", {known["etag"]} , "b"', "*"):
        for more in ({}, {"range": "bytes=0-9"}, {"if-modified-since": formatdate(0, usegmt=True)}):
            answer = music.get("odd", headers={"if-none-match": tags, **more})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", known["etag"]), tags
    for tags in ('"another"', known["etag"].strip('"'), ""):
        assert music.get("odd", headers={"if-none-match": tags}).status_code == 200
    for since, status in (
        (known["last-modified"], 304),
        (formatdate(time.time() + 60, usegmt=True), 304),
        (formatdate(0, usegmt=True), 200),
        ("not a date", 200),
        ("", 200),
    ):
        assert music.get("odd", headers={"if-modified-since": since}).status_code == status, since
    # A tag says more than a date.
    both = {"if-none-match": '"another"', "if-modified-since": known["last-modified"]}
    assert music.get("odd", headers=both).status_code == 200


def test_validators_tell_what_is_on_the_disk(music: Stage) -> None:
    status = music.file("odd").stat()
    known = music.get("odd").headers
    assert known["last-modified"] == formatdate(int(status.st_mtime), usegmt=True)
    assert known["etag"].startswith('"')
    assert known["cache-control"] == "private, no-cache, no-transform"
    assert music.get("tiny").headers["etag"] != known["etag"]
    assert music.person.client.get(music.path("odd", "download")).headers["etag"] == known["etag"]


def test_head_tells_what_get_would_send(music: Stage) -> None:
    client = music.person.client
    for title in ("odd", "large"):
        for tail in ("stream", "download"):
            get, head = (client.request(m, music.path(title, tail)) for m in ("GET", "HEAD"))
            assert (head.status_code, head.content) == (200, b"")
            for name in (
                "content-length",
                "content-type",
                "etag",
                "last-modified",
                "accept-ranges",
                "content-disposition",
            ):
                assert head.headers[name] == get.headers[name]
    # Ranges are for GET: a HEAD is about the whole (RFC 9110, section 14.2).
    head = client.head(music.path("odd"), headers={"range": "bytes=0-9"})
    assert (head.status_code, head.headers["content-length"]) == (200, "4097")
    assert client.head(music.path("odd"), headers={"if-none-match": head.headers["etag"]}).status_code == 304


TYPES = {
    "mp3": "audio/mpeg", "flac": "audio/flac", "wav": "audio/wav", "aiff": "audio/aiff", "vorbis": "audio/ogg",
    "opus": "audio/ogg", "aac": "audio/mp4", "adts": "audio/aac", "alac": "audio/mp4", "wma": "audio/x-ms-wma",
    "ape": "audio/x-ape", "wavpack": "audio/x-wavpack",
}  # fmt: skip


def test_every_format_by_its_type(music: Stage) -> None:
    for title, kind in TYPES.items():
        content = music.file(title).read_bytes()
        answer = music.get(title)
        assert (answer.headers["content-type"], answer.content == content) == (kind, True), title
        assert answer.headers["x-content-type-options"] == "nosniff"
        (one,) = parts(music.get(title, headers={"range": "bytes=100-"}), len(content))
        assert one.content == content[100:], title


def test_many_listeners_at_once_each_get_their_part(music: Stage) -> None:
    content = music.file("large").read_bytes()
    wrong: list[int] = []
    barrier = threading.Barrier(12)

    def listen(number: int) -> None:
        client = music.house.bearing(music.person.access_token)
        barrier.wait()
        for start in range(number * 1000, len(content), 1_200_000):
            answer = client.get(music.path("large"), headers={"range": f"bytes={start}-{start + 699_999}"})
            if answer.content != content[start : start + 700_000]:
                wrong.append(start)

    threads = [threading.Thread(target=listen, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_other_methods_are_not_for_sound(music: Stage) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = music.person.client.request(method, music.path("odd"))
        problem(answer, 405, "method_not_allowed")
        assert "GET" in answer.headers["allow"]
