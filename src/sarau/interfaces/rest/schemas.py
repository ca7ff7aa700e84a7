"""Replies and bodies that only REST has: lists, and what the browser's session needs."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

from sarau.accounts.roles.policies import Role
from sarau.accounts.sessions.schemas import Session
from sarau.accounts.users.schemas import DisplayName, Email, Password, User, Username
from sarau.catalog.ingest.schemas import Room, UploadResult
from sarau.shares.schemas import SharedPage

T = TypeVar("T")
Token = Annotated[str, Meta(min_length=1, max_length=200)]


class Items(msgspec.Struct, Generic[T], frozen=True):
    """A whole list."""

    items: list[T]


class Me(msgspec.Struct, frozen=True):
    """Who is signed in, what they may, and how much they may still upload."""

    user: User
    permissions: list[str]
    room: Room | None


class HouseInfo(msgspec.Struct, frozen=True):
    """What anybody may know: the house's name, and whether it still needs its owner."""

    name: str
    version: str
    needs_setup: bool
    me: Me | None


class SignedIn(msgspec.Struct, frozen=True):
    """Somebody came in; tokens are given only to who asked for them, browsers get cookies."""

    me: Me
    expires_in_s: int
    access_token: str | None = None
    refresh_token: str | None = None


class Setup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The owner's account, made by the start-up link."""

    token: Token
    username: Username
    password: Password
    email: Email | None = None
    display_name: DisplayName | None = None


class Registration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account, made by an invitation."""

    code: Token
    username: Username
    password: Password
    email: Email | None = None
    display_name: DisplayName | None = None


class Refresh(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A refresh token, from who has no cookies."""

    refresh_token: Annotated[str, Meta(max_length=200)] | None = None


class ResetOwner(msgspec.Struct, frozen=True):
    """Whose password a link sets."""

    username: str


class Reset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new password, by a reset link."""

    token: Token
    password: Password


class Sessions(msgspec.Struct, frozen=True):
    """Where one is signed in, and which of these sessions asks."""

    items: list[Session]
    current_id: str | None


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account made by an administrator."""

    username: Username
    password: Password
    role: Role = Role.MEMBER
    email: Email | None = None
    display_name: DisplayName | None = None


class Link(msgspec.Struct, frozen=True):
    """An address that is good until a moment."""

    url: str
    expires_at: datetime


class UploadProblem(msgspec.Struct, frozen=True):
    """A file that was not taken, and why."""

    file_name: str
    code: str
    detail: str


class UploadReply(msgspec.Struct, frozen=True):
    """What became of the files of one request."""

    items: list[UploadResult]
    problems: list[UploadProblem]


class ScanQueued(msgspec.Struct, frozen=True):
    """A scan that is going to begin."""

    library_id: str


class SharedInfo(msgspec.Struct, frozen=True):
    """What a link tells before it is opened."""

    needs_password: bool


class OpenLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a link: its password, where it has one."""

    password: Annotated[str, Meta(max_length=200)] | None = None


class OpenedShare(msgspec.Struct, frozen=True):
    """An opened link; the ticket goes with every request for its sound and covers."""

    ticket: str
    ticket_expires_at: datetime
    share: SharedPage
