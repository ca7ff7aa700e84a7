"""Internet radio stations, and podcasts, of which there are none."""

from msgspec import UNSET

from sarau.catalog.stations import commands, queries
from sarau.catalog.stations.schemas import NewStation, StationChange
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_ALLOWED, NOT_FOUND, Missing, Refused
from sarau.interfaces.subsonic.structures.house import Empty
from sarau.interfaces.subsonic.structures.personal import InternetRadioStation, InternetRadioStations

_LONGEST_NAME, _LONGEST_URL = 200, 2_000


async def stations(call: Call) -> Answer:
    """All stations."""
    async with call.reading() as reader:
        found = await queries.stations(reader, call.actor)
    kept = [InternetRadioStation(one.id, one.name, one.stream_url, one.home_page_url) for one in found]
    return "internetRadioStations", InternetRadioStations(kept)


def _parts(call: Call) -> tuple[str, str, str | None]:
    name, stream_url = call.asked.needed("name"), call.asked.needed("streamUrl")
    # Apps spell the last of them in two ways.
    page = call.asked.text("homepageUrl") or call.asked.text("homePageUrl")
    for parameter, url in (("streamUrl", stream_url), ("homepageUrl", page)):
        if len(url) > _LONGEST_URL:
            raise Missing(parameter, f"it may have at most {_LONGEST_URL} characters")
    return name[:_LONGEST_NAME], stream_url, page or None


async def create_station(call: Call) -> Answer:
    """Keep a station."""
    name, stream_url, page = _parts(call)
    async with call.working() as work:
        await commands.create_station(work, call.actor, NewStation(name, stream_url, page))
    return None


async def update_station(call: Call) -> Answer:
    """Change a station."""
    station_id = call.asked.needed("id")
    name, stream_url, page = _parts(call)
    async with call.working() as work:
        change = StationChange(name, stream_url, UNSET if page is None else page)
        await commands.change_station(work, call.actor, station_id, change)
    return None


async def delete_station(call: Call) -> Answer:
    """Forget a station."""
    station_id = call.asked.needed("id")
    async with call.working() as work:
        await commands.delete_station(work, call.actor, station_id)
    return None


async def podcasts(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """None."""
    return "podcasts", Empty()


async def newest_podcasts(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """None."""
    return "newestPodcasts", Empty()


async def refresh_podcasts(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """All of none are fresh."""
    return None


async def no_podcast(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """There is no such episode or channel."""
    raise Refused(NOT_FOUND, "There are no podcasts here.")


async def no_new_podcast(call: Call) -> Answer:  # noqa: ARG001 - an endpoint
    """None can be subscribed to."""
    raise Refused(NOT_ALLOWED, "Podcasts are not kept here.")


ENDPOINTS: dict[str, Endpoint] = {
    "getInternetRadioStations": stations,
    "createInternetRadioStation": create_station,
    "updateInternetRadioStation": update_station,
    "deleteInternetRadioStation": delete_station,
    "getPodcasts": podcasts,
    "getNewestPodcasts": newest_podcasts,
    "refreshPodcasts": refresh_podcasts,
    "getPodcastEpisode": no_podcast,
    "deletePodcastChannel": no_podcast,
    "deletePodcastEpisode": no_podcast,
    "downloadPodcastEpisode": no_podcast,
    "createPodcastChannel": no_new_podcast,
}
