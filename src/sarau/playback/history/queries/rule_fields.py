"""What rules of smart playlists may ask about listening: always that of the one who looks."""

from sqlalchemy import and_, select

from sarau.catalog.library.tables import tracks
from sarau.playback.history.tables import track_plays
from sarau.playlists.fields import VIEWER, Field, Ordering
from sarau.playlists.smart_rules import FieldKind

_mine = select(track_plays.c.track_id).where(track_plays.c.user_id == VIEWER)
_joined = (
    track_plays,
    and_(track_plays.c.track_id == tracks.c.id, track_plays.c.user_id == VIEWER),
    tracks.c.id.not_in(_mine),
)

HISTORY_FIELDS: tuple[Field, ...] = (
    Field(
        "plays",
        FieldKind.NUMBER,
        track_plays.c.play_count,
        _mine,
        absent=0,
        ordering=Ordering(track_plays.c.play_count, *_joined, least=True),
    ),
    Field(
        "last_played_at",
        FieldKind.MOMENT,
        track_plays.c.last_played_at,
        _mine,
        ordering=Ordering(track_plays.c.last_played_at, *_joined),
    ),
)
