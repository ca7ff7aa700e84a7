"""Questions about preferences."""

from sqlalchemy import bindparam, select

from sarau.accounts.preferences.schemas import Preferences
from sarau.accounts.preferences.tables import preferences
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId

_OF = Query(
    select(preferences.c.show_playing, preferences.c.show_history, preferences.c.apps).where(
        preferences.c.user_id == bindparam("user_id", type_=EntityId())
    ),
    Preferences,
)


async def preferences_of(reader: Reader, user_id: str) -> Preferences:
    """Return what somebody prefers."""
    return await reader.first(_OF, user_id=user_id) or Preferences()
