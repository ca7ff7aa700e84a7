"""Changes to preferences."""

import msgspec
from msgspec import UNSET

from sarau.accounts.preferences import queries
from sarau.accounts.preferences.schemas import MAX_APPS_BYTES, Preferences, PreferencesChange
from sarau.accounts.preferences.tables import preferences
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now

_new = insert_into(preferences)
_FIELDS = ("show_playing", "show_history", "apps", "changed_at")
# Of two changes at once the second waits here, lest one forget what the other did.
_TURN = Change(
    _new.on_conflict_do_update(index_elements=[preferences.c.user_id], set_={"changed_at": _new.excluded.changed_at})
)
_KEEP = Change(
    _new.on_conflict_do_update(
        index_elements=[preferences.c.user_id], set_={name: _new.excluded[name] for name in _FIELDS}
    )
)


async def change_preferences(work: Work, actor: Actor, change: PreferencesChange) -> Preferences:
    """Change what the actor prefers; raises Invalid for apps that keep too much."""
    await work.run(_TURN, user_id=actor.id, changed_at=now(), **msgspec.structs.asdict(Preferences()))
    before = await queries.preferences_of(work, actor.id)
    apps = dict(before.apps)
    if change.apps is not UNSET:
        apps = {name: kept for name, kept in {**apps, **change.apps}.items() if kept is not None}
    if len(msgspec.json.encode(apps)) > MAX_APPS_BYTES:
        raise Invalid("apps", f"all of them together may keep {MAX_APPS_BYTES} bytes")
    after = Preferences(
        before.show_playing if change.show_playing is UNSET else change.show_playing,
        before.show_history if change.show_history is UNSET else change.show_history,
        apps,
    )
    await work.run(_KEEP, user_id=actor.id, changed_at=now(), **msgspec.structs.asdict(after))
    return after
