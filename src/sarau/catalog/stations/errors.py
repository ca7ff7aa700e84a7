"""What can go wrong with radio stations."""

from sarau.foundation.errors import Conflict, NotFound


class StationNotFound(NotFound):
    """There is no such station."""

    code = "station_not_found"
    message = "There is no such radio station."


class TooManyStations(Conflict):
    """All of them are given at once, so there is an end to them."""

    code = "too_many_stations"
    message = "There are too many radio stations: delete those that nobody hears."
