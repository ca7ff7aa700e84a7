"""Pure rules: what makes an album, how artists are paired with ids, how corrections lie over tags."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.library.edits import effective, merged
from sarau.catalog.library.filing import with_ids
from sarau.catalog.library.identity import album_key, joined, place
from sarau.catalog.library.schemas import TrackEdit
from sarau.foundation.media.tags import Tags

NAMES = st.sampled_from(["Ana", "ANA", "Ána", "Ana & Bob", "Bob/Carl", "Ana, Bob", "日本"])
TUPLES = st.lists(NAMES, max_size=3).map(tuple)
FOLDERS = st.sampled_from([None, b"", b"Album", b"Album/CD1", b"Album/cd 2", b"Album/Disc-03", b"Other", b"CD1"])
TAGS = st.builds(
    Tags,
    title=st.none() | NAMES,
    artists=TUPLES,
    artist_display=st.none() | NAMES,
    album=st.none() | NAMES,
    album_artists=TUPLES,
    album_artist_display=st.none() | NAMES,
    composers=TUPLES,
    genres=TUPLES,
    year=st.none() | st.integers(1, 9999),
    disc_number=st.none() | st.integers(0, 2**40),
    track_number=st.none() | st.integers(0, 2**40),
    compilation=st.booleans(),
    mb_album_id=st.none() | st.sampled_from(["one", "two"]),
    mb_artist_ids=TUPLES,
)
EDITS = st.builds(
    TrackEdit,
    **{name: st.just(msgspec.UNSET) | st.none() | NAMES | st.just("  ") for name in ("title", "version", "album")},
    **{
        name: st.just(msgspec.UNSET) | st.none() | st.lists(NAMES | st.just(" "), max_size=3)
        for name in ("artists", "album_artists", "composers", "genres")
    },
    **{name: st.just(msgspec.UNSET) | st.none() | st.integers(1, 9999) for name in ("year", "track_number")},
    compilation=st.just(msgspec.UNSET) | st.none() | st.booleans(),
)


@settings(max_examples=40)
@given(TAGS, FOLDERS)
def test_case_and_accents_make_no_other_album(tags: Tags, folder: bytes | None) -> None:
    def loud(value: Any) -> Any:
        return tuple(map(str.upper, value)) if isinstance(value, tuple) else value and value.upper()

    shouted = msgspec.structs.replace(
        tags, album=loud(tags.album), artists=loud(tags.artists), album_artists=loud(tags.album_artists)
    )
    assert album_key(shouted, folder) == album_key(tags, folder)
    assert (album_key(tags, folder) is None) == (tags.album is None and tags.mb_album_id is None)


@settings(max_examples=40)
@given(TAGS, FOLDERS, FOLDERS)
def test_what_decides_is_the_release_then_album_artists_then_the_folder(
    tags: Tags, folder: bytes | None, other: bytes | None
) -> None:
    if tags.mb_album_id or tags.album_artists or tags.album is None:
        assert album_key(tags, folder) == album_key(tags, other)
    stranger = msgspec.structs.replace(tags, artists=("Somebody else",), title="Another")
    if folder is not None or tags.mb_album_id or tags.album_artists:
        assert album_key(stranger, folder) == album_key(tags, folder)


@given(TAGS)
def test_discs_in_folders_of_their_own_are_one_album(tags: Tags) -> None:
    keys = {album_key(tags, folder) for folder in (b"Album", b"Album/CD1", b"Album/cd 2", b"Album/Disc-03")}
    assert len(keys) == 1
    alone = msgspec.structs.replace(tags, album="Album", album_artists=(), mb_album_id=None)
    assert album_key(alone, b"Album") != album_key(alone, b"Other")
    assert album_key(alone, b"CD1") != album_key(alone, b"CD2"), "folders of a library are no discs of it"


@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3))
def test_several_album_artists_are_not_one_of_their_names_together(one: list[str], other: list[str]) -> None:
    first, second = (
        album_key(Tags(album="Album", album_artists=tuple(names)), None) for names in (one, [*one, *other])
    )
    assert first != second
    assert album_key(Tags(album="Album", album_artists=(joined(("Ana", "Bob")),)), None) != album_key(
        Tags(album="Album", album_artists=("Ana", "Bob")), None
    )


@settings(max_examples=40)
@given(TAGS, TAGS)
def test_places_follow_discs_then_tracks(one: Tags, other: Tags) -> None:
    def order(tags: Tags) -> tuple[int, int]:
        disc, number = tags.disc_number or 1, tags.track_number
        return min(disc, 99_999), 99_999 if number is None else min(number, 99_999)

    assert (place(one) < place(other)) == (order(one) < order(other))
    assert 0 <= place(one) < 2**63


@given(TUPLES, TUPLES)
def test_ids_are_paired_with_names_only_where_there_are_as_many(names: tuple[str, ...], ids: tuple[str, ...]) -> None:
    paired = with_ids(names, ids)
    assert tuple(name for name, _ in paired) == names
    assert tuple(i for _, i in paired) == (ids if len(ids) == len(names) else (None,) * len(names))


@settings(max_examples=40)
@given(TAGS, st.lists(EDITS, max_size=4))
def test_corrections_lie_over_tags_and_can_be_taken_back(tags: Tags, changes: list[TrackEdit]) -> None:
    edits: dict[str, Any] = {}
    for change in changes:
        before = dict(edits)
        edits = merged(edits, change)
        for field, value in msgspec.structs.asdict(change).items():
            if value is msgspec.UNSET:
                assert edits.get(field) == before.get(field), "what is left out stays"
            elif value is None:
                assert field not in edits, "null takes back"
    shown = effective(tags, edits)
    for field in msgspec.structs.asdict(TrackEdit()):
        wanted = edits.get(field)
        expected = getattr(tags, field) if wanted is None else wanted
        found = getattr(shown, field)
        assert found == (tuple(expected) if isinstance(expected, list) else expected), field
        assert wanted is None or wanted not in ("", []), "blank is no correction"
    back = TrackEdit(**dict.fromkeys(msgspec.structs.asdict(TrackEdit())))
    assert effective(tags, merged(edits, back)) == tags
