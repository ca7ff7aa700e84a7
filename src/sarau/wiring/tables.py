"""All tables of the house, registered in one MetaData by being imported."""

from sarau.accounts.app_passwords.tables import app_passwords
from sarau.accounts.invites.tables import invites
from sarau.accounts.preferences.tables import preferences
from sarau.accounts.sessions.tables import sessions
from sarau.accounts.users.tables import users
from sarau.adapters.sqljobs.jobs import jobs
from sarau.catalog.artwork.tables import pictures
from sarau.catalog.ingest.tables import scans
from sarau.catalog.library.tables import libraries
from sarau.catalog.lyrics.tables import sheets
from sarau.catalog.stations.tables import stations
from sarau.foundation.database.schema import metadata
from sarau.foundation.observability.activity import activity
from sarau.playback.history.tables import plays
from sarau.playback.marks.tables import track_stars
from sarau.playback.playqueue.tables import saved_queues
from sarau.playback.remote.tables import playback_sessions
from sarau.playlists.tables import playlists
from sarau.search.tables import search_docs
from sarau.shares.tables import shares
from sarau.sync.tables import devices

# One of each module is enough: the import registers all tables in it.
FIRST_OF_EACH = (
    users, sessions, invites, libraries, scans, pictures, sheets, playlists, plays, playback_sessions, track_stars,
    devices, activity, jobs, app_passwords, preferences, stations, saved_queues, shares,
    search_docs,
)  # fmt: skip

__all__ = ["FIRST_OF_EACH", "metadata"]
