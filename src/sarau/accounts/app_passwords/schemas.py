"""The language of app passwords."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta


class AppPassword(msgspec.Struct, frozen=True):
    """A password for one app; `last_client` is how the app called itself."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    last_client: str | None


class NewAppPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An app password to be made; the name tells its owner what it is for."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]


class AppPasswordOnce(msgspec.Struct, frozen=True):
    """A new app password with its secret, shown this one time."""

    app_password: AppPassword
    secret: str
