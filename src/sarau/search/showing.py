"""What is shown of what was found: which of its texts match, and where. Pure thinking."""

from collections.abc import Iterable

from sarau.catalog.library.schemas import Album, Artist, ArtistRef, Track
from sarau.foundation.search import Field
from sarau.playlists.schemas import Playlist
from sarau.search.asking import Asked
from sarau.search.lines import SungLine
from sarau.search.marking import marked
from sarau.search.schemas import AlbumMatch, ArtistMatch, LyricsMatch, MatchedText, PlaylistMatch, TrackMatch
from sarau.search.words import MARK

_GENRE = f"{MARK}g"
_YEARS = (f"{MARK}y", f"{MARK}d")


class Showing:
    """Shows what was found for what was asked."""

    def __init__(self, asked: Asked) -> None:
        filters = [term for clause in asked.filters for term in clause]
        self._anywhere = asked.words
        self._in = {field: [*asked.words, *(term for term in filters if term.field is field)] for field in Field}
        self._year = any(term.word.startswith(_YEARS) for term in filters)
        self._genres = [
            term._replace(word=term.word.removeprefix(_GENRE)) for term in filters if term.word.startswith(_GENRE)
        ]

    def _years(self, year: int | None) -> list[MatchedText]:
        return [MatchedText("year", str(year), [(0, len(str(year)))])] if self._year and year else []

    @property
    def asks_for_genre(self) -> bool:
        """Whether what is found is of a genre."""
        return bool(self._genres)

    def _of_genre(self, names: Iterable[str]) -> list[MatchedText]:
        return marked((("genre", name) for name in names), self._genres) if self._genres else []

    def _artists(self, shown: str, credited: Iterable[ArtistRef]) -> list[MatchedText]:
        """Return what matches of the artists as they are shown, and of those credited under other names."""
        others = (("credit", artist.name) for artist in credited if artist.name not in shown)
        return marked((("artist", shown), *others), self._in[Field.ARTIST])

    def artist(self, artist: Artist) -> ArtistMatch:
        """Return an artist that was found."""
        return ArtistMatch(artist, marked((("name", artist.name),), self._in[Field.ARTIST]))

    def album(self, album: Album, genres: Iterable[str] = ()) -> AlbumMatch:
        """Return an album that was found; its genres are needed where one is asked for."""
        texts = marked((("title", album.title),), self._in[Field.ALBUM])
        texts += self._artists(album.artist, album.artists)
        return AlbumMatch(album, texts + self._of_genre(genres) + self._years(album.year))

    def track(self, track: Track, composers: Iterable[ArtistRef] = ()) -> TrackMatch:
        """Return a track that was found."""
        texts = marked((("title", track.title), ("version", track.version)), self._in[Field.NAME])
        texts += self._artists(track.artist, track.artists)
        others = {one.name for one in composers} - {artist.name for artist in track.artists}
        texts += marked((("composer", name) for name in sorted(others)), self._in[Field.ARTIST])
        texts += marked((("album", track.album),), self._in[Field.ALBUM])
        return TrackMatch(track, texts + self._of_genre(track.genres) + self._years(track.year))

    def playlist(self, playlist: Playlist) -> PlaylistMatch:
        """Return a playlist that was found."""
        return PlaylistMatch(playlist, marked((("name", playlist.name),), self._anywhere))

    def line(self, track: Track, line: SungLine) -> LyricsMatch:
        """Return a track that was found by a line of its words."""
        return LyricsMatch(track, line.text, line.start_ms, marked((("line", line.text),), self._anywhere))
