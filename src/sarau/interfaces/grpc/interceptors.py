"""Around every call: an id, who calls, limits, a log line, metrics, and an answer to what nobody expected."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from functools import partial
from typing import Any, TypeAlias

import grpc
from grpc import StatusCode

from sarau.accounts.sessions.errors import SessionEnded
from sarau.foundation.errors import DomainError, Invalid, Limited
from sarau.foundation.observability.access import AccessLog
from sarau.foundation.observability.failures import record_failure
from sarau.foundation.observability.logs import get_logger, request_id
from sarau.foundation.observability.metrics import latency, requests
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.addresses import limit_key
from sarau.interfaces.grpc.context import Caller, Context, Surroundings, caller, metadata
from sarau.interfaces.grpc.errors import CODE_KEY, GoingDown, status_of, trailing
from sarau.interfaces.grpc.messages import read
from sarau.kit.pages import BadCursor

log = get_logger("sarau.grpc")

# Where nobody is known yet, and what tells of the server itself.
_OPEN = ("/auth.AuthService/", "/grpc.health.v1.Health/", "/grpc.reflection.")
_REQUEST_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_WINDOW_S = 60
_PATROL_S = 5.0
_HEARING_S = 5.0
_METHOD = "GRPC"
_ELSEWHERE = "other"
_access = AccessLog()
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"  # a generic class for the type checker alone
Details = grpc.HandlerCallDetails


class TooManyCalls(Limited):
    """Somebody calls too often, or has too many calls open."""

    code = "too_many_calls"
    message = "Too many calls: please wait a little."


def _decoder(handler: Handler) -> Callable[[bytes], Any]:
    """Return what makes a message of bytes; methods that parse by themselves get the bytes."""
    parse = handler.request_deserializer
    return partial(read, parse) if parse is not None else lambda raw: raw


def _behavior_of(handler: Handler) -> Any:
    """Return what a servicer does: the library has four names for it, one for each shape of a method."""
    if handler.request_streaming:
        return handler.stream_stream if handler.response_streaming else handler.stream_unary
    return handler.unary_stream if handler.response_streaming else handler.unary_unary


async def _decoded(raws: AsyncIterator[bytes], decode: Callable[[bytes], Any]) -> AsyncIterator[Any]:
    async for raw in raws:
        yield decode(raw)


class _Call:
    """One call under way."""

    __slots__ = ("caller", "context", "counted", "handler", "refusal", "route", "task")

    def __init__(self, route: str, context: Context, handler: Handler) -> None:
        self.route = route
        self.context = context
        self.handler = handler
        self.task = asyncio.current_task()
        self.caller: Caller | None = None
        self.counted = ""
        self.refusal: DomainError | None = None

    def end(self, refusal: DomainError) -> None:
        """End it from outside, with an error for the client."""
        if self.refusal is None and self.task is not None:
            self.refusal = refusal
            self.task.cancel()


class Exchanges(grpc.aio.ServerInterceptor):
    """Every call passes through here; knows which are open."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._settings = surroundings.house.settings.grpc
        self._wrapped: dict[str, Handler] = {}
        self._open: set[_Call] = set()
        self._at_once: Counter[str] = Counter()

    async def intercept_service(
        self, continuation: Callable[[Details], Awaitable["Handler | None"]], handler_call_details: Details
    ) -> "Handler | None":
        """Return a method with everything around it, None for a method there is not."""
        route = handler_call_details.method
        wrapped = self._wrapped.get(route)
        if wrapped is None:
            handler = await continuation(handler_call_details)
            if handler is None:
                requests.labels(_METHOD, _ELSEWHERE, StatusCode.UNIMPLEMENTED.name).inc()
                return None
            wrapped = self._wrapped[route] = self._wrap(route, handler)
        return wrapped

    def _wrap(self, route: str, handler: Handler) -> Handler:
        decode = _decoder(handler)
        reply = handler.response_serializer
        behavior = _behavior_of(handler)

        async def surrounded(given: Any, context: Context) -> Any:
            call = _Call(route, context, handler)

            async def act() -> Any:
                if handler.response_streaming:
                    # With the first message they would be forgotten where that is cut short: then no call ends.
                    await context.send_initial_metadata(())
                asked = _decoded(given, decode) if handler.request_streaming else decode(given)
                answer = behavior(asked, context)
                if not hasattr(answer, "__aiter__"):
                    return await answer
                # Closed here and now when the client leaves, not whenever the garbage is collected.
                async with aclosing(answer):
                    async for message in answer:
                        await context.write(message)
                return None

            return await self._run(call, act)

        make = {
            (False, False): grpc.unary_unary_rpc_method_handler,
            (False, True): grpc.unary_stream_rpc_method_handler,
            (True, False): grpc.stream_unary_rpc_method_handler,
            (True, True): grpc.stream_stream_rpc_method_handler,
        }[handler.request_streaming, handler.response_streaming]
        return make(surrounded, None, reply)

    async def _run(self, call: _Call, act: Callable[[], Awaitable[Any]]) -> Any:
        """Answer a call, whatever happens."""
        began = time.perf_counter()
        given = metadata(call.context, "x-request-id")
        request_id.set(given if _REQUEST_ID.fullmatch(given) else f"{random.getrandbits(64):016x}")
        status = StatusCode.OK
        self._open.add(call)
        try:
            await self._admit(call)
            return await act()
        except grpc.aio.AbortError:
            status = _code_of(call.context)
            raise
        except asyncio.CancelledError:
            status = StatusCode.CANCELLED
            if call.refusal is None or call.task is None:
                raise
            call.task.uncancel()
            status = status_of(call.refusal)
            await _abort(call, call.refusal)
        except grpc.aio.BaseError as error:
            # The client left while we were writing or reading.
            status = StatusCode.CANCELLED
            raise asyncio.CancelledError from error
        except Exception as error:
            refusal = Invalid("cursor", str(error)) if isinstance(error, BadCursor) else error
            status = status_of(refusal) if isinstance(refusal, DomainError) else StatusCode.INTERNAL
            await self._fail(call, refusal)
        finally:
            self._leave(call)
            _note(call, status, time.perf_counter() - began)

    async def _admit(self, call: _Call) -> None:
        """Find out who calls, and whether it is not too much; raises Unauthenticated, TooManyCalls."""
        context = call.context
        if call.route.startswith(_OPEN):
            who = f"from {limit_key(self._surroundings.address(context))}"
        else:
            call.caller = await self._surroundings.caller_of(context)
            caller.set(call.caller)
            who = f"of {call.caller.actor.id}"
        if self._settings.calls_per_minute:
            allowance = await self._surroundings.house.limits.hit(
                f"calls {who}", limit=self._settings.calls_per_minute, window_s=_WINDOW_S
            )
            if not allowance.allowed:
                raise TooManyCalls(retry_after_s=round(allowance.retry_after_s, 1))
        if self._at_once[who] >= self._settings.calls_at_once:
            raise TooManyCalls("Too many calls are open at once: end some first.")
        self._at_once[who] += 1
        call.counted = who

    def _leave(self, call: _Call) -> None:
        self._open.discard(call)
        if call.counted:
            self._at_once[call.counted] -= 1
            if not self._at_once[call.counted]:
                del self._at_once[call.counted]

    async def _fail(self, call: _Call, error: Exception) -> None:
        if isinstance(error, DomainError):
            await _abort(call, error)
            return
        log.exception("call failed", route=call.route)
        await record_failure(self._surroundings.house.database, call.route, error)
        detail = f"Something went wrong on our side. The log knows more, under the request id {request_id.get()}."
        with suppress(grpc.aio.BaseError):  # it raises, to end the call: here that is done
            await call.context.abort(StatusCode.INTERNAL, detail, ((CODE_KEY, "internal"),))

    def end_conversations(self) -> None:
        """End what would never end by itself: the server is told to."""
        for call in list(self._open):
            if call.handler.request_streaming and call.handler.response_streaming:
                call.end(GoingDown())

    async def patrol(self) -> None:
        """End the calls of who may no longer make them: signed out, barred, or given another role."""
        while True:
            await asyncio.sleep(_PATROL_S)
            asked: dict[tuple[str, str | None], Actor | None] = {}
            for call in list(self._open):
                if call.caller is None:
                    continue
                actor = call.caller.actor
                key = actor.id, actor.session_id
                try:
                    if key not in asked or actor.session_id is None:
                        asked[key] = await call.caller.now()
                except DomainError:  # the database does not answer: who came in stays for the time being
                    break
                found = asked[key]
                if found is None or found.permissions != actor.permissions:
                    call.end(SessionEnded())


def _code_of(context: Context) -> StatusCode:
    """Return the status that a servicer ended a call with."""
    given: object = context.code()
    return next((one for one in StatusCode if given in (one, one.value[0])), StatusCode.UNKNOWN)


async def _abort(call: _Call, error: DomainError) -> None:
    """End a call with our error; who does not read what came before it does not hear it, and is cut off."""
    try:
        async with asyncio.timeout(_HEARING_S):
            await call.context.abort(status_of(error), error.text, trailing(error))
    except TimeoutError:
        raise asyncio.CancelledError from None
    except grpc.aio.BaseError:
        return  # raised to end the call, or because nobody is there


def _note(call: _Call, status: StatusCode, elapsed_s: float) -> None:
    requests.labels(_METHOD, call.route, status.name).inc()
    if not call.handler.response_streaming:
        latency.labels(call.route).observe(elapsed_s)
    _access.note(request_id.get() or "", _METHOD, call.route, status.name, round(elapsed_s * 1000, 1))
