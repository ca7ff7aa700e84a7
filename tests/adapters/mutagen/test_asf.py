"""WMA: attributes in all their places, and headers made to do harm."""

import struct
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from mutagen import asf
from tests.support.audio import encoded, make_sound

from sarau.adapters.mutagen.reader import read_sound
from sarau.foundation.media.tags import UnreadableSound

MEGABYTE = 1024 * 1024
EXTENSION = UUID("5fbf03b5-a92e-11cf-8ee3-00c00c205365").bytes_le
EXTENDED = UUID("d2d0a440-e307-11d2-97f0-00a0c95ea850").bytes_le
LIBRARY = UUID("44231c94-9498-49d1-a141-1d134e457054").bytes_le


def thing(guid: bytes, content: bytes) -> bytes:
    return guid + struct.pack("<Q", 24 + len(content)) + content


def extension(content: bytes) -> bytes:
    return thing(EXTENSION, bytes(18) + struct.pack("<I", len(content)) + content)


def with_objects(tmp_path: Path, *objects: bytes) -> Path:
    """Write a WMA file with more objects in its header."""
    data = encoded(".wma")
    size, count = struct.unpack_from("<QI", data, 16)
    more = b"".join(objects)
    head = struct.pack("<QI", size + len(more), count + len(objects))
    path = tmp_path / "song.wma"
    path.write_bytes(data[:16] + head + data[28:30] + more + data[30:])
    return path


def attribute(name: str, kind: int, value: bytes) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<H", len(text)) + text + struct.pack("<HH", kind, len(value)) + value


def title(text: str) -> bytes:
    return attribute("Title", 0, text.encode("utf-16-le"))


def test_the_track_counted_from_zero_is_not_the_number(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "song.wma", title="t")
    file = asf.ASF(path)
    file["WM/Track"] = 4
    file.save()
    assert read_sound(path, ".wma").tags.track_number is None
    file["WM/TrackNumber"] = 5
    file["WM/IsCompilation"] = True
    file.save()
    tags = read_sound(path, ".wma").tags
    assert (tags.track_number, tags.compilation) == (5, True)


def test_a_broken_object_does_not_spoil_the_others(tmp_path: Path) -> None:
    good = thing(EXTENDED, struct.pack("<H", 1) + title("Here"))
    unknown_kind = thing(EXTENDED, struct.pack("<H", 1) + attribute("Author", 77, b"x"))
    odd_text = thing(LIBRARY, struct.pack("<H", 3) + b"\xff" * 40)
    sound = read_sound(with_objects(tmp_path, unknown_kind, odd_text, good), ".wma")
    assert (sound.tags.title, sound.properties.duration_ms > 900) == ("Here", True)


def test_a_video_stream_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "film.wma"
    sound_stream = UUID("f8699e40-5b4d-11cf-a8fd-00805f5c442b").bytes_le
    path.write_bytes(encoded(".wma").replace(sound_stream, bytes(16)))
    with pytest.raises(UnreadableSound, match="no stream of sound"):
        read_sound(path, ".wma")


def nested(depth: int) -> bytes:
    content = bytes(MEGABYTE)
    for _ in range(depth):
        content = extension(content)
    return content


HARMFUL: dict[str, Callable[[], bytes]] = {
    "extensions within extensions": lambda: nested(2_000),
    "many objects": lambda: thing(bytes(16), b"") * 200_000,
    "many attributes": lambda: thing(EXTENDED, struct.pack("<H", 65_535) + attribute("x", 0, b"") * 65_535) * 20,
    "many lists of attributes": lambda: thing(LIBRARY, struct.pack("<H", 2_000) + bytes(12 * 2_000)) * 200,
    "sizes of one byte": lambda: extension((bytes(16) + struct.pack("<Q", 1)) * 100_000),
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_harmful_headers_cost_little(harm: str, tmp_path: Path) -> None:
    path = with_objects(tmp_path, HARMFUL[harm]())
    tracemalloc.start()
    try:
        with suppress(UnreadableSound):  # if what matters comes only behind too many objects
            read_sound(path, ".wma")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 60 * MEGABYTE


def test_a_header_larger_than_any_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "song.wma"
    with path.open("wb") as file:
        file.write(encoded(".wma")[:16] + struct.pack("<Q", 1_000_000_000))
        file.truncate(1_000_000_000)
    with pytest.raises(UnreadableSound, match="too large to be true"):
        read_sound(path, ".wma")
