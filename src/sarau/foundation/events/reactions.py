"""Who reacts to which event."""

from collections import defaultdict
from collections.abc import Awaitable, Callable

from sarau.foundation.events.event import Event

Reaction = Callable[..., Awaitable[None]]


class Reactions:
    """The registry of reactions, filled once by wiring."""

    def __init__(self) -> None:
        self._by_event: dict[type[Event], list[str]] = defaultdict(list)
        self.functions: dict[str, tuple[type[Event], Reaction]] = {}

    def on(self, event: type[Event], reaction: Reaction, name: str | None = None) -> None:
        """Register a reaction under a stable name, by default its module and function."""
        name = name or f"{reaction.__module__}.{reaction.__qualname__}"
        if name in self.functions:
            raise ValueError(f"two reactions are named {name}")
        self.functions[name] = (event, reaction)
        self._by_event[event].append(name)

    def to(self, event: Event) -> list[str]:
        """Return the names of the reactions to an event."""
        return self._by_event.get(type(event), [])
