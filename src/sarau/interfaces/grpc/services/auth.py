"""auth.AuthService: the existing contract's way in."""

from typing import Any, TypeVar

import grpc
import msgspec

from sarau.accounts.sessions.schemas import SignIn
from sarau.accounts.users.schemas import NewUser
from sarau.foundation.errors import Invalid
from sarau.interfaces.grpc.context import Context, Surroundings
from sarau.interfaces.grpc.stubs.auth import auth_pb2, auth_pb2_grpc

T = TypeVar("T")


def checked(kind: type[T], **fields: Any) -> T:
    """Return what was given, held to the same rules as over REST; raises Invalid naming the field."""
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).rpartition(" - at `$.")
        raise Invalid(place.rstrip("`") or "message", reason or str(error)) from error


class AuthService:
    """Registers by invitation, and signs in."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    async def Register(self, request: auth_pb2.RegisterRequest, context: Context) -> auth_pb2.RegisterResponse:  # noqa: N802
        """Make an account by an invitation."""
        new = checked(NewUser, username=request.username, password=request.password)
        door = self._surroundings.entrance
        admitted = await door.register(request.security_key, new, self._surroundings.client(context))
        return auth_pb2.RegisterResponse(token=door.lasting_token(admitted))

    async def Login(self, request: auth_pb2.LoginRequest, context: Context) -> auth_pb2.LoginResponse:  # noqa: N802
        """Open a session."""
        given = checked(SignIn, login=request.username, password=request.password)
        door = self._surroundings.entrance
        admitted = await door.sign_in(given, self._surroundings.client(context))
        return auth_pb2.LoginResponse(token=door.lasting_token(admitted))


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    auth_pb2_grpc.add_AuthServiceServicer_to_server(AuthService(surroundings), server)
    return str(auth_pb2.DESCRIPTOR.services_by_name["AuthService"].full_name)
