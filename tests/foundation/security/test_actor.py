"""Who acts may do what their permissions say, and the system is nobody."""

import pytest

from sarau.foundation.errors import Forbidden
from sarau.foundation.security.actor import Actor, PermissionMissing
from sarau.foundation.security.permissions import Permission

ANNA = Actor("0000000000000001", "anna", "member", frozenset({Permission.LIBRARY_LISTEN}))


def test_one_may_what_ones_role_carries_and_nothing_else() -> None:
    allowed = [permission for permission in Permission if ANNA.may(permission)]

    assert allowed == [Permission.LIBRARY_LISTEN]
    ANNA.require(Permission.LIBRARY_LISTEN)


def test_a_missing_permission_is_named() -> None:
    with pytest.raises(PermissionMissing) as caught:
        ANNA.require(Permission.USERS_MANAGE)

    assert isinstance(caught.value, Forbidden)
    assert (caught.value.code, caught.value.data) == ("permission_missing", {"permission": "users.manage"})


def test_the_system_may_everything_but_is_nobody() -> None:
    assert all(Actor.SYSTEM.may(permission) for permission in Permission)
    with pytest.raises(PermissionMissing, match="no account"):
        _ = Actor.SYSTEM.id
    assert ANNA.id == "0000000000000001"


def test_an_actor_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ANNA.permissions = frozenset(Permission)  # type: ignore[misc]
