"""Who is who among files found: rules that hold whatever lies where."""

from hypothesis import given
from hypothesis import strategies as st

from sarau.catalog.ingest.identity import Assigned, Found, assign
from sarau.catalog.library.queries.files import Namesake

HERE, ELSEWHERE = "here", "elsewhere"
SOUNDS = st.sampled_from("abcd")
PLACES = st.integers(0, 5).map(lambda number: f"{number}.flac".encode())


@st.composite
def libraries(draw: st.DrawFn) -> tuple[dict[bytes, tuple[str, str]], dict[bytes, str], list[Namesake]]:
    """Return the tracks known at places here, the sounds found at places now, and tracks of another library."""
    known = draw(st.dictionaries(PLACES, SOUNDS, max_size=6))
    found = draw(st.dictionaries(PLACES, SOUNDS, max_size=6))
    others = draw(st.lists(st.tuples(SOUNDS, PLACES), max_size=3))
    return (
        {path: (f"track {path.decode()}", sound) for path, sound in known.items()},
        found,
        [Namesake(s, f"other {n}", ELSEWHERE, "/else", p, p.decode()) for n, (s, p) in enumerate(others)],
    )


def assigned(
    known: dict[bytes, tuple[str, str]], found: dict[bytes, str], others: list[Namesake], gone_elsewhere: bool
) -> tuple[list[Found], Assigned]:
    items = [
        Found(path, path.decode(), sound, *known.get(path, (None, None))) for path, sound in sorted(found.items())
    ]
    candidates = [Namesake(s, i, HERE, "/here", path, path.decode()) for path, (i, s) in known.items()] + others
    return items, assign(HERE, items, candidates, lambda c: c.library_id == ELSEWHERE and not gone_elsewhere)


@given(libraries(), st.booleans())
def test_the_rules_of_identity(
    scene: tuple[dict[bytes, tuple[str, str]], dict[bytes, str], list[Namesake]], gone_elsewhere: bool
) -> None:
    known, found, others = scene
    items, result = assigned(known, found, others, gone_elsewhere)
    claimed = [track_id for track_id in result.track_ids if track_id is not None]
    sounds = dict(known.values()) | {other.track_id: other.fingerprint for other in others}
    place_of = {track_id: path for path, (track_id, _) in known.items()}
    assert len(result.track_ids) == len(items)
    assert len(set(claimed)) == len(claimed), "a track is one file"
    for item, track_id in zip(items, result.track_ids, strict=True):
        if item.known_fingerprint == item.fingerprint:
            assert track_id == item.known_id, "what did not change stays who it is"
        if track_id in result.moved:
            assert sounds[track_id] == item.fingerprint, "only the same sound moves"
        elif track_id is not None:
            assert track_id == item.known_id
        if track_id is None:
            assert item.known_id is None or item.known_id in claimed, "a known place is a known track"
    for item, track_id in zip(items, result.track_ids, strict=True):
        lost = [
            i
            for i, sound in sounds.items()
            if sound == item.fingerprint and i not in claimed and i in place_of and place_of[i] not in found
        ]
        assert not (track_id is None and lost), "a sound that is known and gone is found again"
    assert result.moved <= set(claimed)
    assert result.displaced == {track_id for path, (track_id, _) in known.items() if path in found} - set(claimed)
    if not gone_elsewhere:
        assert not any(track_id.startswith("other") for track_id in claimed), "a copy is another track"


def test_of_several_that_could_be_it_the_nearest_is_taken() -> None:
    def candidate(name: str, library: str, path: bytes) -> Namesake:
        return Namesake("sound", name, library, "/", path, path.decode())

    (found,) = items = [Found(b"b/song.flac", "song.flac", "sound", None, None)]
    far = candidate("far", ELSEWHERE, b"song.flac")
    named = candidate("named", HERE, b"song.flac")
    other = candidate("other", HERE, b"a.flac")
    for candidates, nearest in (([far, other, named], "named"), ([far, other], "other"), ([far], "far"), ([], None)):
        assert assign(HERE, items, candidates, lambda _: False).track_ids == [nearest]
    assert assign(HERE, [found], [named], lambda _: True).track_ids == [None]
