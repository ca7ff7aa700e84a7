"""Where events go: into the activity log and, as one job per reaction, to whoever reacts."""

from typing import Any

import msgspec

from sarau.foundation.database.database import Database
from sarau.foundation.database.work import Work
from sarau.foundation.events.event import Event
from sarau.foundation.events.reactions import Reaction, Reactions
from sarau.foundation.jobs import Jobs
from sarau.foundation.observability.activity import record_activity


class EventOutbox:
    """Records each event with the change it comes from: never lost, never before its commit."""

    def __init__(self, reactions: Reactions, jobs: Jobs) -> None:
        self._reactions = reactions
        self._jobs = jobs

    def serve(self, database: Database) -> None:
        """Register every reaction as a job that opens a Work of its own."""
        for name, (event_type, reaction) in self._reactions.functions.items():
            self._jobs.register(name, _job(database, event_type, reaction))

    async def record(self, work: Work, event: Event) -> None:
        """Write down what is to be done about an event."""
        await record_activity(work, event)
        for name in self._reactions.to(event):
            await self._jobs.enqueue(work, name, event=msgspec.to_builtins(event))


def _job(database: Database, event_type: type[Event], reaction: Reaction) -> Reaction:
    async def react(event: dict[str, Any]) -> None:
        async with database.working() as work:
            await reaction(work, msgspec.convert(event, event_type))

    return react
