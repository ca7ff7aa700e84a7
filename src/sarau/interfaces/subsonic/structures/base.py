"""What all structures have in common: names in camelCase, and how each is to be written as XML."""

from datetime import datetime
from typing import ClassVar

import msgspec


class Structure(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """An object of a reply; a field without a default is always there, as OpenSubsonic asks of its additions.

    XML has attributes, and elements inside: plain fields become attributes but those named here.
    """

    xml_text: ClassVar[str | None] = None  # the field that is the element's text
    xml_elements: ClassVar[frozenset[str]] = frozenset()  # plain fields that become elements of their own


def instant(moment: datetime) -> str:
    """Return a moment as OpenSubsonic writes it (ISO 8601, UTC)."""
    text = moment.isoformat(timespec="milliseconds")
    return f"{text[:-6]}Z"
