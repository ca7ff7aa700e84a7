"""The language of signing in."""

from datetime import datetime
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name or e-mail address, and a password."""

    login: Annotated[str, Meta(min_length=1, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]


class Session(msgspec.Struct, frozen=True):
    """Where somebody is signed in."""

    id: str
    client: str
    address: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class OpenSession(NamedTuple):
    """A session just opened or refreshed; the refresh token is shown once."""

    session_id: str
    user_id: str
    refresh_token: str


class ApiKey(msgspec.Struct, frozen=True):
    """A key for an app; `hint` is how it begins."""

    id: str
    name: str
    hint: str
    created_at: datetime
    last_used_at: datetime | None


class NewApiKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key to be made; the name tells its owner what it is for."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]


class ApiKeyOnce(msgspec.Struct, frozen=True):
    """A new key with its secret, shown this one time."""

    key: ApiKey
    secret: str


class Client(NamedTuple):
    """Where a request comes from."""

    address: str | None
    name: str
