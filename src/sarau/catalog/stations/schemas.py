"""The language of radio stations."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Url = Annotated[str, Meta(min_length=1, max_length=2000)]


class Station(msgspec.Struct, frozen=True):
    """A radio station; players fetch the stream from its own address."""

    id: str
    name: str
    stream_url: str
    home_page_url: str | None
    created_at: datetime


class NewStation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A station to be kept."""

    name: Name
    stream_url: Url
    home_page_url: Url | None = None


class StationChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a station; what is left out stays, null takes the home page away."""

    name: Name | UnsetType = UNSET
    stream_url: Url | UnsetType = UNSET
    home_page_url: Url | UnsetType | None = UNSET
