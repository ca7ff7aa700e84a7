"""What each command makes of a session: pure thinking."""

from collections.abc import Callable, Mapping
from typing import Any

from sarau.playback.remote import messages, session
from sarau.playback.remote.errors import QueueChanged
from sarau.playback.remote.session import Moment, Session

# Each is given the session, the command, when it is, and a seed for what is left to chance.
_ACTS: Mapping[type, Callable[[Session, Any, Moment, int], Session]] = {
    messages.PlayCommand: lambda now, _, when, __: session.play(now, when),
    messages.PauseCommand: lambda now, _, when, __: session.pause(now, when),
    messages.StopCommand: lambda now, _, when, __: session.stop(now, when),
    messages.NextCommand: lambda now, _, when, __: session.skip(now, when),
    messages.PreviousCommand: lambda now, _, when, __: session.previous(now, when),
    messages.SeekCommand: lambda now, told, when, _: session.seek(now, when, told.position_ms),
    messages.SetRateCommand: lambda now, told, when, _: session.set_rate(now, when, told.rate),
    messages.SetRepeatCommand: lambda now, told, _, __: session.set_repeat(now, told.repeat),
    messages.SetShuffleCommand: lambda now, told, _, seed: session.set_shuffle(now, told.shuffle, seed),
    messages.LoadCommand: lambda now, told, when, _: session.load(
        now, when, told.track_ids, told.index, told.position_ms, told.playing
    ),
    messages.AppendCommand: lambda now, told, when, _: session.append(now, when, told.track_ids, told.index),
    messages.MoveCommand: lambda now, told, _, __: session.move(now, told.entry_id, told.index),
    messages.RemoveCommand: lambda now, told, when, _: session.remove(now, when, told.entry_ids),
    messages.JumpCommand: lambda now, told, when, _: session.jump(now, when, told.entry_id),
    messages.TransferCommand: lambda now, told, when, _: session.sound_from(now, when, tuple(told.device_ids)),
    # These are of devices: the session stays as it is.
    messages.SetVolumeCommand: lambda now, *_: now,
    messages.SetMutedCommand: lambda now, *_: now,
}


def obey(now: Session, command: messages.Command, when: Moment, seed: int) -> Session:
    """Return the session after a command; raises QueueChanged, EntryNotFound, QueueFull, Invalid."""
    if command.queue_version and command.queue_version != now.queue.version:
        raise QueueChanged
    return _ACTS[type(command)](now, command, when, seed)
