"""Houses shared by many tests: a server of each kind of database, and the people who live in it."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from tests.support.server import PASSWORD, Server, running_server, until

_numbers = itertools.count(1)
_BEHIND = (
    "SELECT count(*) FROM libraries LEFT JOIN search_libraries ON search_libraries.library_id = libraries.id WHERE "
    "search_libraries.revision IS NULL OR search_libraries.revision < libraries.revision "
    "OR search_libraries.track_id <> 9223372036854775807"
)
NOTHING_FOUND: dict[str, list[Any]] = {"artists": [], "albums": [], "tracks": [], "playlists": [], "lyrics": []}


def run_sql(database_url: str, sql: str) -> list[tuple[Any, ...]]:
    """Run a statement on a database beside its server, as time travel or a look behind the scenes."""
    if database_url.startswith("sqlite:"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=30)
        try:
            rows = connection.execute(sql).fetchall()
            connection.commit()
        finally:
            connection.close()
        return rows

    async def run() -> list[tuple[Any, ...]]:
        opened = await asyncpg.connect(database_url)
        try:
            return [tuple(row) for row in await opened.fetch(sql)]
        finally:
            await opened.close()

    return asyncio.run(run())


class Person:
    """Somebody with an account, and a client signed in as them."""

    def __init__(self, client: httpx.Client, username: str, signed_in: dict[str, Any]) -> None:
        self.client = client
        self.username = username
        self.id: str = signed_in["me"]["user"]["id"]
        self.role: str = signed_in["me"]["user"]["role"]
        self.access_token: str = signed_in["access_token"]
        self.refresh_token: str = signed_in["refresh_token"]
        client.headers["authorization"] = f"Bearer {self.access_token}"

    def use_api_key(self) -> str:
        """Let the client use an API key from now on, which does not expire; return it."""
        made = self.client.post("/me/api-keys", json={"name": "test"})
        while made.status_code == 401:  # tokens of a second may be over before they are used once
            fresh = self.client.post("/auth/refresh", json={"refresh_token": self.refresh_token}).json()
            self.access_token, self.refresh_token = fresh["access_token"], fresh["refresh_token"]
            self.client.headers["authorization"] = f"Bearer {self.access_token}"
            made = self.client.post("/me/api-keys", json={"name": "test"})
        assert made.status_code == 201, made.text
        secret: str = made.json()["secret"]
        self.client.headers["authorization"] = f"Bearer {secret}"
        return secret


class House:
    """A running server, its database, its owner, and others who are made when they are first needed."""

    def __init__(self, server: Server, database_url: str, stack: ExitStack, *, use_keys: bool = False) -> None:
        self.server = server
        self.database_url = database_url
        self.dialect = database_url.partition(":")[0]
        self._stack = stack
        self._use_keys = use_keys
        self._cast: dict[str, Person] = {}
        account = {"token": server.setup_token(), "username": "olga", "password": PASSWORD}
        made = self.client().post("/auth/setup", json=account)
        assert made.status_code == 201, made.text
        self.owner = self._settled("olga", made)

    @property
    def url(self) -> str:
        """Where the server is."""
        return self.server.url

    def client(self, **kwargs: Any) -> httpx.Client:
        """Return a client without any proof of who it is, closed with the house."""
        return self._stack.enter_context(self.server.client(**kwargs))

    def at_root(self, **kwargs: Any) -> httpx.Client:
        """Return a client for addresses outside of the API."""
        return self._stack.enter_context(httpx.Client(base_url=self.url, timeout=60, verify=False, **kwargs))

    def _settled(self, username: str, answer: httpx.Response) -> Person:
        person = Person(self.client(), username, answer.json())
        if self._use_keys:
            person.use_api_key()
        return person

    def signed_in(self, username: str, password: str = PASSWORD) -> httpx.Client:
        """Return a client signed in once more, with a session of its own."""
        answer = self.client().post("/auth/sign-in", json={"login": username, "password": password})
        assert answer.status_code == 200, answer.text
        return self.bearing(answer.json()["access_token"])

    def bearing(self, token: str) -> httpx.Client:
        """Return a client that shows a Bearer token."""
        return self.client(headers={"authorization": f"Bearer {token}"})

    def newcomer(self, role: str = "member", **invite: Any) -> Person:
        """Invite somebody new, and return them once they came in."""
        offered = self.owner.client.post("/invites", json={"role": role, **invite})
        assert offered.status_code == 201, offered.text
        username = fresh_name("guest")
        account = {"code": offered.json()["code"], "username": username, "password": PASSWORD}
        accepted = self.client().post("/auth/register", json=account)
        assert accepted.status_code == 201, accepted.text
        return self._settled(username, accepted)

    def some(self, role: str) -> Person:
        """Return one and the same person of a role for all tests; they are to be left as they were."""
        if role == "owner":
            return self.owner
        if role not in self._cast:
            self._cast[role] = self.newcomer(role)
        return self._cast[role]

    def library(self, folder: Path, *members: Person, **more: Any) -> str:
        """Serve a folder to some people alone, wait until it is scanned, and return the library's id."""
        ids = [person.id for person in members]
        about = {"name": fresh_name("library"), "path": str(folder), "everyone": False, "member_ids": ids, **more}
        made = self.owner.client.post("/admin/libraries", json=about)
        assert made.status_code == 201, made.text
        library_id: str = made.json()["id"]
        done = self.server.scanned(self.owner.client, library_id)
        assert done["state"] == "done", done
        return library_id

    def scan(self, library_id: str) -> dict[str, Any]:
        """Scan a library again and return how it went."""
        return self.server.scan(self.owner.client, library_id)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement on the house's database."""
        return run_sql(self.database_url, statement)

    def found(self, client: httpx.Client, words: str, **more: Any) -> dict[str, Any]:
        """Return what somebody finds once the index has followed every library."""
        until(lambda: self.sql(_BEHIND) == [(0,)], "the search index to follow")
        answer = client.get("/search", params={"q": words, **more})
        assert answer.status_code == 200, answer.text
        results: dict[str, Any] = answer.json()
        return results

    def metric(self, name: str) -> float:
        """Return the sum of all series of a metric."""
        text = self.at_root().get("/metrics").text
        lines = [line for line in text.splitlines() if line.partition("{")[0].partition(" ")[0] == name]
        return sum(float(line.rpartition(" ")[2]) for line in lines)


def fresh_name(what: str) -> str:
    """Return a name that no other test has."""
    return f"{what}-{next(_numbers)}"


def items(answer: httpx.Response) -> list[dict[str, Any]]:
    """Return the items of a list, which must have been given."""
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def whole_list(client: httpx.Client, path: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """Return all items of a list, page after page."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        asked = {**parameters, **({"cursor": cursor} if cursor else {})}
        answer = client.get(path, params=asked)
        found += items(answer)
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Return the members of a problem, which must have a status and a code."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    members: dict[str, Any] = answer.json()
    assert members["code"] == code, members
    assert members["status"] == status
    assert members["title"]
    assert members["detail"]
    return members


def new_database(request: pytest.FixtureRequest, dialect: str, folder: Path) -> str:
    """Return the URL of a fresh migrated database."""
    if dialect == "sqlite":
        path = folder / "data" / "sarau.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    server: str = request.getfixturevalue("postgres_server")
    name = fresh_name("house").replace("-", "_")
    run_sql(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('postgres_template')}")
    return server.rpartition("/")[0] + f"/{name}"


@contextmanager
def open_house(folder: Path, database_url: str, *, use_keys: bool = False, **settings: str) -> Iterator[House]:
    """Run a server on a folder and a database, with its owner signed in."""
    with ExitStack() as stack:
        own = {} if database_url.startswith("sqlite:") else {"database_url": database_url}
        server = stack.enter_context(running_server(folder / "data", **own, **settings))
        yield House(server, database_url, stack, use_keys=use_keys)


_SHARED: pytest.StashKey[dict[tuple[str, str], House]] = pytest.StashKey()


def _shared(request: pytest.FixtureRequest, kind: str, dialect: str, **settings: Any) -> House:
    """Return the one house of a kind and a database in this run, whichever folder of tests asks for it."""
    houses = request.config.stash.setdefault(_SHARED, {})
    if (kind, dialect) not in houses:
        folder = request.getfixturevalue("tmp_path_factory").mktemp(f"{kind}-{dialect}")
        # As long as the whole run takes: people who come in at its beginning are still asked for at its end.
        lasting = {"SARAU_SECURITY_ACCESS_TTL_S": "86400", **settings}
        opened = open_house(folder, new_database(request, dialect, folder), **lasting)
        houses[kind, dialect] = opened.__enter__()
        request.session.addfinalizer(lambda: opened.__exit__(None, None, None))
    return houses[kind, dialect]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn, the same for all houses of a test."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def house(request: pytest.FixtureRequest, database_kind: str) -> House:
    """A house as it comes, on each kind of database, except that folders are scanned when a test says so."""
    return _shared(request, "house", database_kind, SARAU_SCANNING_WATCH="false")


@pytest.fixture(scope="session")
def searched_house(request: pytest.FixtureRequest, database_kind: str) -> House:
    """A house of which the tests of searching know all the music."""
    return _shared(request, "searched", database_kind, SARAU_SCANNING_WATCH="false")


@pytest.fixture(scope="session")
def apps_house(request: pytest.FixtureRequest, database_kind: str) -> House:
    """A house of which the tests of apps know all the music."""
    return _shared(request, "apps", database_kind, SARAU_SCANNING_WATCH="false")


@pytest.fixture(scope="session")
def proxied_house(request: pytest.FixtureRequest, database_kind: str) -> House:
    """A house behind a trusted proxy on this machine, patient with each address for a few attempts only."""
    return _shared(
        request,
        "proxied",
        database_kind,
        SARAU_SERVER_TRUSTED_PROXIES='["127.0.0.1"]',
        SARAU_SECURITY_ADDRESS_ATTEMPTS="12",
    )


@pytest.fixture(scope="session")
def tight_house(request: pytest.FixtureRequest, database_kind: str) -> House:
    """A house where everything is short-lived and scarce; its people use API keys."""
    return _shared(
        request,
        "tight",
        database_kind,
        use_keys=True,
        SARAU_SCANNING_WATCH="false",
        SARAU_SECURITY_ACCESS_TTL_S="1",
        SARAU_SECURITY_SIGNED_URL_TTL_S="1",
        SARAU_UPLOADS_MAX_FILE_BYTES=str(300_000),
        SARAU_UPLOADS_BIN_DAYS="0",
        SARAU_STREAMING_TRANSCODES="1",
        SARAU_STREAMING_TRANSCODE_WAIT_S="0",
        SARAU_STREAMING_CACHE_BYTES=str(200_000),
    )


MakeHouse = Callable[..., House]


@pytest.fixture
def new_house(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[MakeHouse]:
    """Make a house for one test alone, with settings of its own."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(open_house(tmp_path, database_url, **settings))
