"""The language of preferences."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

MAX_APPS_BYTES = 32 << 10
AppName = Annotated[str, Meta(min_length=1, max_length=40)]


class Preferences(msgspec.Struct, frozen=True):
    """What somebody prefers; `apps` holds what each of their apps keeps for itself, by the app's name."""

    show_playing: bool = True
    show_history: bool = False
    apps: dict[str, Any] = {}


class PreferencesChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change: what is left out stays; an app's part is replaced whole, or taken out by null."""

    show_playing: bool | UnsetType = UNSET
    show_history: bool | UnsetType = UNSET
    apps: Annotated[dict[AppName, Any], Meta(max_length=20)] | UnsetType = UNSET
