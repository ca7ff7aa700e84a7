"""MP4: what codes it may hold, where its atoms lie, and items of odd shapes."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.mp4 import MP4, AtomDataType, MP4FreeForm
from tests.support.audio import encoded, make_sound

from sarau.adapters.mutagen.mp4 import read_mp4
from sarau.adapters.mutagen.reader import read_sound
from sarau.adapters.mutagen.source import Source
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

ITUNES = "----:com.apple.iTunes:"


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableSound) as caught:
        read_sound(path, ".m4a")
    return caught.value.reason


def atom(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def remuxed(path: Path, options: dict[str, str]) -> Path:
    """Wrap the same coded sound anew."""
    target = path.with_name("remuxed.m4a")
    with av.open(str(path)) as source, av.open(str(target), "w", format="ipod", options=options) as output:
        stream = output.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                output.mux(packet)
    return target


@pytest.mark.parametrize(
    ("encoder", "codec"),
    [
        ("aac", Codec.AAC),
        ("alac", Codec.ALAC),
        ("libmp3lame", Codec.MP3),
        ("flac", Codec.FLAC),
        ("libopus", Codec.OPUS),
    ],
)
def test_the_code_of_the_sound_is_told(encoder: str, codec: Codec, tmp_path: Path) -> None:
    found = read_sound(make_sound(tmp_path / "song.mp4", codec=encoder), ".mp4").properties
    assert (found.codec, found.channels, found.duration_ms // 100) == (codec, 2, 10)


def test_a_code_we_do_not_serve_is_named(tmp_path: Path) -> None:
    assert refusal(make_sound(tmp_path / "song.mp4", codec="ac3")) == "sound coded as 'ac-3' is not supported"


def test_copy_protection_is_named(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    path.write_bytes(encoded(".m4a").replace(b"mp4a", b"drms"))
    assert refusal(path) == "the sound is encrypted (copy protection)"


@pytest.mark.parametrize("options", [{}, {"movflags": "faststart"}, {"movflags": "frag_keyframe+empty_moov"}])
def test_atoms_may_lie_in_any_order(options: dict[str, str], tmp_path: Path) -> None:
    path = remuxed(make_sound(tmp_path / "song.m4a", seconds=3.0), options)
    file = MP4(path)
    file["\xa9nam"] = "In any order"
    if "frag" not in options.get("movflags", ""):
        file.save()
        assert read_sound(path, ".m4a").tags.title == "In any order"
        assert read_sound(path, ".m4a").properties.duration_ms // 100 == 30
    assert read_sound(path, ".m4a").properties.codec is Codec.AAC


def test_long_atoms_and_those_to_the_end_are_understood(tmp_path: Path) -> None:
    data = encoded(".m4a")
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    path = tmp_path / "song.m4a"
    sound = data[at + 8 : at + size]
    path.write_bytes(data[:at] + struct.pack(">I4sQ", 1, b"mdat", size + 8) + sound + data[at + size :])
    long = read_sound(path, ".m4a")
    path.write_bytes(data[:at] + data[at + size :] + struct.pack(">I4s", 0, b"mdat") + sound)
    assert read_sound(path, ".m4a") == long
    assert long.properties.duration_ms > 900


def test_items_of_every_kind(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "song.m4a", title="t")
    file = MP4(path)
    file[ITUNES + "ARTISTS"] = [b"One", "Dois é mais".encode()]
    file[ITUNES + "ISRC"] = [MP4FreeForm("USRC17607839".encode("utf-16-be"), AtomDataType.UTF16)]
    file["----:org.musicbrainz:MusicBrainz Album Id"] = [b"12345678-1111-4222-8333-444455556666"]
    file[ITUNES + "totaldiscs"] = [MP4FreeForm(b"\x00\x03", AtomDataType.INTEGER)]
    file["cpil"] = False
    file.save()
    tags = read_sound(path, ".m4a").tags
    assert tags.artists == ("One", "Dois é mais")
    assert (tags.isrcs, tags.mb_album_id) == (("USRC17607839",), "12345678-1111-4222-8333-444455556666")
    assert (tags.disc_total, tags.compilation) == (3, False)


def with_items(tmp_path: Path, items: bytes) -> Path:
    """Write an MP4 file with items as they are."""
    hdlr = atom(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    udta = atom(b"udta", atom(b"meta", bytes(4) + hdlr + atom(b"ilst", items)))
    data = encoded(".m4a")
    at = data.rindex(b"moov") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    moov = data[at + 8 : at + size].replace(b"udta", b"skip")
    path = tmp_path / "song.m4a"
    path.write_bytes(data[:at] + atom(b"moov", moov + udta) + data[at + size :])
    return path


def test_a_genre_by_number(tmp_path: Path) -> None:
    item = atom(b"gnre", atom(b"data", bytes(8) + struct.pack(">H", 18)))
    assert read_sound(with_items(tmp_path, item), ".m4a").tags.genres == ("Rock",)


TITLE = atom(b"\xa9nam", atom(b"data", struct.pack(">II", 1, 0) + b"Title"))
BROKEN: dict[str, bytes] = {
    "wrong size inside": atom(b"\xa9alb", struct.pack(">I4s", 5_000, b"data") + bytes(8) + b"x"),
    "size too small": atom(b"\xa9alb", struct.pack(">I4s", 3, b"data") + bytes(8)),
    "nothing inside": atom(b"\xa9alb", b""),
    "no values": atom(b"trkn", atom(b"data", bytes(8))),
    "a free item without a name": atom(b"----", atom(b"data", bytes(8) + b"x")),
    "wrong UTF-8": atom(b"\xa9alb", atom(b"data", struct.pack(">II", 1, 0) + b"\xff\xfe")),
    "a picture of nothing": atom(b"covr", atom(b"data", bytes(8))),
    "a picture cut off": atom(b"covr", struct.pack(">I4s", 9_999, b"data") + bytes(8) + b"\xff\xd8"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_item_does_not_spoil_the_others(kind: str, tmp_path: Path) -> None:
    sound = read_sound(with_items(tmp_path, BROKEN[kind] + TITLE), ".m4a")
    assert (sound.tags.title, sound.properties.duration_ms > 900) == ("Title", True)


def nested(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = atom(b"moov", content)
    return content


HARMFUL: dict[str, Callable[[], bytes]] = {
    "a million atoms": lambda: atom(b"free", b"") * 1_000_000,
    "atoms within atoms": lambda: nested(10_000),
    "a million items": lambda: TITLE * 300_000,
    "a million values": lambda: atom(b"\xa9ART", atom(b"data", bytes(8)) * 500_000),
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_harmful_atoms_cost_little(harm: str, tmp_path: Path) -> None:
    path = with_items(tmp_path, HARMFUL[harm]())
    assert read_sound(path, ".m4a").properties.duration_ms > 900
    path.write_bytes(HARMFUL[harm]())
    assert refusal(path)


def test_an_index_larger_than_any_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with path.open("wb") as file:
        file.write(struct.pack(">I4s", 1_000_000_000, b"moov"))
        file.truncate(1_000_000_000)
    assert refusal(path) == "its MP4 index is too large to be true"


def test_high_rates_that_do_not_fit_the_entry_are_found(tmp_path: Path) -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="ipod") as output:
        stream = output.add_stream("alac", rate=96_000)
        stream.layout, stream.format = "stereo", "s32p"
        frame = av.AudioFrame(format="s32p", layout="stereo", samples=4096)
        frame.sample_rate, frame.pts = 96_000, 0
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for piece in (frame, None):
            output.mux(stream.encode(piece))
    (tmp_path / "song.m4a").write_bytes(file.getvalue())
    found = read_sound(tmp_path / "song.m4a", ".m4a").properties
    assert (found.sample_rate_hz, found.bit_depth) == (96_000, 24)


VALUES = st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30), min_size=1, max_size=4)
KEYS = {
    "\xa9nam": "title",
    "\xa9ART": "artist",
    "aART": "albumartist",
    "\xa9gen": "genre",
    ITUNES + "ARTISTS": "artists",
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.dictionaries(st.sampled_from(sorted(KEYS)), VALUES, min_size=1))
def test_what_mutagen_writes_is_read_as_mutagen_reads_it(texts: dict[str, list[str]], tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    path.write_bytes(encoded(".m4a", seconds=0.3))
    file = MP4(path)
    for key, values in texts.items():
        file[key] = [value.encode() for value in values] if key.startswith(ITUNES) else values
    file.save()
    expected = MP4(path)
    with Source(path) as source:
        found = read_mp4(source, 0, source.size).words.texts
    for key, name in KEYS.items():
        values = expected.get(key, [])
        assert found.get(name, []) == [value.decode() if isinstance(value, bytes) else value for value in values]
