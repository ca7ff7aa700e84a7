"""Readers of playlist files take whatever comes, and read what our writers write."""

from hypothesis import given
from hypothesis import strategies as st

from sarau.playlists.errors import UnreadablePlaylist
from sarau.playlists.formats.listed import ListedPlaylist, ListedTrack, path_of
from sarau.playlists.formats.reading import read_playlist, written
from sarau.playlists.likeness import guesses
from sarau.playlists.schemas import PlaylistFormat

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn")), min_size=1, max_size=30
)
PATHS = st.lists(WORDS.filter(lambda part: not set(part) & set('/\\:%#"')), min_size=1, max_size=4).map("/".join)
TRACKS = st.builds(
    ListedTrack,
    title=WORDS,
    artist=WORDS,
    album=st.none() | WORDS,
    path=PATHS,
    duration_ms=st.integers(1, 10**6).map(lambda seconds: seconds * 1000),
    isrc=st.none() | st.just("BRBMG0300729"),
    mb_recording_id=st.none() | st.uuids().map(str),
)


@given(st.sampled_from(PlaylistFormat), WORDS, st.lists(TRACKS, max_size=5))
def test_what_is_written_is_read(kind: PlaylistFormat, name: str, tracks: list[ListedTrack]) -> None:
    read = read_playlist(written(ListedPlaylist(kind, name, tracks)))
    assert (read.format, read.name, len(read.tracks)) == (kind, name, len(tracks))
    for mine, theirs in zip(tracks, read.tracks, strict=True):
        assert theirs.path == mine.path
        assert (theirs.title, theirs.artist, theirs.album) == (mine.title, mine.artist, mine.album)
        assert theirs.duration_ms == mine.duration_ms
        if kind is not PlaylistFormat.M3U8:
            assert (theirs.isrc, theirs.mb_recording_id) == (mine.isrc, mine.mb_recording_id)


PIECES = st.sampled_from(
    [b"<playlist>", b"<trackList>", b"<track>", b"<location>", b"</", b"&a;", b"<!DOCTYPE", b"#EXTINF:",
     b"#PLAYLIST:", b",", b'"', b"\n", b"{", b'"playlist"', b'"track"', b":", b"[", b"]", b"null", b"\xff\xfe",
     b"\x00", b"isrc:", b"%zz"]
)  # fmt: skip


@given(
    st.lists(PIECES | st.binary(max_size=20), max_size=20).map(b"".join), st.none() | st.sampled_from(PlaylistFormat)
)
def test_whatever_comes_is_read_or_refused(data: bytes, kind: PlaylistFormat | None) -> None:
    try:
        read = read_playlist(data, kind)
    except UnreadablePlaylist:
        return
    for track in read.tracks:
        assert all("\0" not in (text or "") for text in (track.title, track.artist, track.album, track.path))
        assert all(guess.title for guess in guesses(track))


@given(st.text(max_size=200), st.booleans())
def test_a_path_is_never_an_address(location: str, is_address: bool) -> None:
    path = path_of(location, is_address=is_address)
    assert path is None or "\\" not in path
