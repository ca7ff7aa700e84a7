"""How alike a track and what a playlist file says of one are: pure thinking."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from sarau.kit.text import sort_key
from sarau.playlists.formats.listed import ListedTrack

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
CLOSE_MS = 3_000
FAR_MS = 10_000
_DEEPEST = 12
_LONGEST = 300
_MOST_ARTISTS = 50
_MOST_COMPARED = 500
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[-.])?[0-9]{1,3}[-_. ]+(?=\S)")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_REMASTERED = re.compile(r"\s+-\s+[^-]*(?:remaster|version|mix|edit|live|mono|stereo)[^-]*$", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\b(?:feat|ft|featuring|and|e|with)\b\.?)\s*", re.IGNORECASE)


class Guess(NamedTuple):
    """Who may have made what was listed, and its title, folded."""

    artist: str | None
    title: str


class Known(NamedTuple):
    """What is known of a track, folded."""

    track_id: str
    title: str
    artist: str
    artists: frozenset[str]
    album: str
    duration_ms: int


def ends_of(path: str) -> Iterator[str]:
    """Give the ends of a path, the longest first: where else it lay, the same folders may be below another."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")][-_DEEPEST:]
    for start in range(len(parts)):
        end = "/".join(parts[start:])
        yield from dict.fromkeys((end, unicodedata.normalize("NFC", end), unicodedata.normalize("NFD", end)))


def guesses(track: ListedTrack) -> list[Guess]:
    """Return what a track may be called, the likeliest first."""
    found = [(track.artist, title) for title in _titles(track.title)]
    if track.title and not track.artist:
        artist, dash, title = track.title.partition(" - ")
        found += [(artist, one) for one in _titles(title if dash else None)]
    if track.title and track.artist:
        # Titles have dashes too, and so have artists: "A - B" of "X" may be "B" of "A", or "X - A - B".
        artist, dash, title = track.title.partition(" - ")
        found += [(artist, title), (f"{track.artist} - {artist}", title)] if dash else []
    if track.path and not track.title:
        found += _named_by(track.path)
    folded = [Guess(sort_key(artist) if artist else None, sort_key(title)) for artist, title in found]
    return list(dict.fromkeys(guess for guess in folded if guess.title))


def _titles(title: str | None) -> list[str]:
    """Return a title, and what is left of it without what others add to it."""
    if not title:
        return []
    title = " ".join(title.split())[:_LONGEST]  # what is very long would keep the expressions below busy
    return list(dict.fromkeys((title, _BRACKETED.sub("", title), _REMASTERED.sub("", title))))


def _named_by(path: str) -> list[tuple[str | None, str]]:
    *folders, name = path.split("/")
    stem = " ".join((name.rpartition(".")[0] or name).split())[:_LONGEST]
    bare = _NUMBERED.sub("", stem).replace("_", " ")
    parts = [_NUMBERED.sub("", part) for part in bare.split(" - ")]
    found: list[tuple[str | None, str]] = [(parts[-2], parts[-1])] if len(parts) > 1 else []
    above = [folder for folder in folders if folder not in ("", ".", "..")]
    if len(above) > 1:
        found.append((above[-2], parts[-1]))
    return [*found, (None, parts[-1])]


def likeness(track: ListedTrack, guess: Guess, known: Known) -> int | None:
    """Return how alike they are, the higher the more; None where they are not the same."""
    apart_ms = abs(known.duration_ms - track.duration_ms) if track.duration_ms else None
    if apart_ms is not None and apart_ms > FAR_MS:
        return None
    by = _same_artist(guess.artist, known)
    if by is None or (guess.artist is None and (apart_ms is None or apart_ms > CLOSE_MS)):
        return None
    score = 4 * by
    if apart_ms is not None:
        score += 2 if apart_ms <= CLOSE_MS else 1
    if track.album and sort_key(track.album) == known.album:
        score += 2
    return score


@lru_cache(maxsize=4_096)  # a list has the same few artists again and again, and so have the tracks of a title
def _names_in(artist: str) -> frozenset[str]:
    """Return the names of those who are named together, folded."""
    return frozenset(sort_key(part) for part in _SEVERAL.split(artist, maxsplit=_MOST_ARTISTS)) - {""}


def _same_artist(artist: str | None, known: Known) -> int | None:
    if artist is None:
        return 0
    if artist == known.artist or artist in known.artists:
        return 3
    if _names_in(artist) & (known.artists | _names_in(known.artist)):
        return 2
    padded, other = f" {artist} ", f" {known.artist} "
    return 1 if padded in other or other in padded else None


def grouped(rows: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Return values by their keys, in order."""
    found: dict[K, list[T]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def apart_ms(track: ListedTrack, duration_ms: int) -> int:
    """Return how far a length is from that of what is listed, 0 where that is not known."""
    return abs(duration_ms - track.duration_ms) if track.duration_ms else 0


def compared(
    listed: Sequence[tuple[int, ListedTrack]],
    guessed: Mapping[int, Sequence[Guess]],
    rows: Iterable[tuple[str, Known]],
) -> dict[int, str]:
    """Return the tracks that are what is listed, by its numbers, of those that come with their titles."""
    known = grouped(rows)
    by_artist = grouped(
        ((title, name), one) for title, some in known.items() for one in some for name in {one.artist, *one.artists}
    )
    found: dict[int, str] = {}
    for number, track in listed:
        for guess in guessed[number]:
            # Some titles have thousands of tracks: those of the very artist first, and not all of the others.
            best = _likest(track, guess, by_artist.get((guess.title, guess.artist or ""), ()))
            best = best or _likest(track, guess, known.get(guess.title, [])[:_MOST_COMPARED])
            if best is not None:
                found[number] = best
                break
    return found


def _likest(track: ListedTrack, guess: Guess, known: Iterable[Known]) -> str | None:
    scored = [(score, one) for one in known if (score := likeness(track, guess, one)) is not None]
    best = max(scored, key=lambda pair: (pair[0], -apart_ms(track, pair[1].duration_ms)), default=None)
    return best[1].track_id if best else None
