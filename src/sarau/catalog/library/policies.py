"""Who may hear and change what."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Table

from sarau.foundation.database.portable import among
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission


class View(NamedTuple):
    """What of the house a viewer may hear, and a token that changes whenever it or its content does."""

    library_ids: tuple[str, ...]
    token: str


def seen(table: Table) -> ColumnElement[bool]:
    """Return the condition that a row with a library lies in the parameter `libraries`, the ids of a View."""
    return among(table.c.library_id, "libraries")


def may_edit(actor: Actor, uploader_id: str | None) -> bool:
    """Tell whether somebody may correct or delete a track: their own uploads, or any with the permission."""
    if actor.may(Permission.LIBRARY_EDIT_ANY):
        return True
    return actor.may(Permission.LIBRARY_EDIT) and actor.user_id is not None and uploader_id == actor.user_id
