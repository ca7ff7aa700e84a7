"""The base of all events."""

from typing import Any, ClassVar

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened; a subclass names it in the past tense.

    A subclass with an `activity` text is also kept in the activity log that administrators read. Fields named
    `subject_id` and `subject` tell what it was about; no field may hold a secret.
    """

    activity: ClassVar[str | None] = None

    actor_id: str | None = None
    address: str | None = None

    def details(self) -> dict[str, Any]:
        """Return the fields of the subclass, as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        for field in Event.__struct_fields__:
            plain.pop(field, None)
        return plain
