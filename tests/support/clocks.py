"""How a client estimates the server's clock from round trips (RFC 5905, section 8)."""

from typing import NamedTuple


class RoundTrip(NamedTuple):
    """A ping and its pong: when each left and came, by the clock of the side that did it, in microseconds."""

    sent_us: int
    server_received_us: int
    server_sent_us: int
    received_us: int

    @property
    def offset_us(self) -> int:
        """How far the server's clock is ahead of the client's, if both ways took equally long."""
        return ((self.server_received_us - self.sent_us) + (self.server_sent_us - self.received_us)) // 2

    @property
    def duration_us(self) -> int:
        """How long the message was under way, both ways."""
        return (self.received_us - self.sent_us) - (self.server_sent_us - self.server_received_us)


class ClockEstimate:
    """The best of the round trips so far: the shorter one was, the less its two ways can have differed."""

    def __init__(self) -> None:
        self._trips: list[RoundTrip] = []

    def add(self, trip: RoundTrip) -> None:
        """Take a round trip into account; the last eight count."""
        self._trips = [*self._trips[-7:], trip]

    @property
    def best(self) -> RoundTrip:
        """The shortest round trip."""
        return min(self._trips, key=lambda trip: trip.duration_us)

    def server_us(self, own_us: int) -> int:
        """Return the server's time at a moment of one's own clock."""
        return own_us + self.best.offset_us
