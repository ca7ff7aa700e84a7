"""What can go wrong when playing from afar."""

from sarau.foundation.errors import Conflict, Invalid, Limited, NotFound, Unavailable


class PlaybackSessionNotFound(NotFound):
    """There is no such session, or its owner does not let the actor take part."""

    code = "playback_session_not_found"
    message = "There is no such playback session."


class DeviceNotFound(NotFound):
    """The session has no such device."""

    code = "device_not_found"
    message = "There is no such device."


class EntryNotFound(NotFound):
    """The queue has no such entry."""

    code = "entry_not_found"
    message = "There is no such entry in the queue."


class QueueChanged(Conflict):
    """The queue is no longer the one that a command was made for."""

    code = "queue_changed"
    message = "Somebody else changed the queue meanwhile."


class QueueFull(Conflict):
    """A queue holds only so many entries."""

    code = "queue_full"
    message = "The queue is full."


class NoDevice(Conflict):
    """Nothing is there to make sound."""

    code = "no_device"
    message = "No device that plays is connected."


class DeviceOffline(Conflict):
    """A device that is not connected cannot do this."""

    code = "device_offline"
    message = "This device is not connected."


class DeviceOnline(Conflict):
    """A device that is connected cannot be forgotten."""

    code = "device_online"
    message = "This device is connected: disconnect it first."


class NotJoined(Invalid):
    """A device speaks before it has joined, or joins twice."""

    code = "not_joined"


class TicketNotGood(NotFound):
    """A ticket was used, has expired, or never was."""

    code = "ticket_not_good"
    message = "This ticket is no longer good: ask for a new one."


class TooManyDevices(Limited):
    """A person connects only so many devices at once."""

    code = "too_many_devices"
    message = "Too many of your devices are connected."


class TooManyMessages(Limited):
    """A device speaks faster than anybody can command."""

    code = "too_many_messages"
    message = "Too many messages: please slow down."


class DeviceTooSlow(Limited):
    """A device did not take what was sent; it may come back and is then told what it missed."""

    code = "device_too_slow"
    message = "This device takes too long to read what it is sent."


class DeviceSilent(Unavailable):
    """Nothing was heard from a device for too long."""

    code = "device_silent"
    message = "Nothing was heard from this device for too long."


class JoinedElsewhere(Conflict):
    """A device joined anew; the connection it had before is over."""

    code = "joined_elsewhere"
    message = "This device has joined by another connection."


class HouseCloses(Unavailable):
    """The server ends; devices come back when it is there again."""

    code = "house_closes"
    message = "The server is about to end."
