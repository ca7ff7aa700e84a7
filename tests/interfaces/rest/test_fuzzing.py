"""Schemathesis asks all that the OpenAPI document lets one ask, and much that it does not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance
from tests.support.houses import House, new_database, open_house

ROOT = Path(__file__).parents[3]
# The owner's API key goes with every request: no operation could end it but one that guesses its id, so none has to
# be left out. Parameters that we do not know are passed over, as everywhere on the web.
GENERATION = {"with-security-parameters": False, "allow-extra-parameters": False}
# A cursor, a folder or an invitation may be right in form and still none of ours; and an address with a name of its
# own may be one with an id as well: test_openapi.py looks at what is allowed.
TOO_STRICT = [positive_data_acceptance, allow_header_conformance]
# More items than there may be can be more bytes than there may be.
REFUSALS = {"expected-statuses": ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"]}
Open = Callable[[str], House]


def _document(**phases: object) -> schemathesis.BaseSchema:
    given = {"generation": GENERATION, "phases": phases, "checks": {"negative_data_rejection": REFUSALS}}
    config = schemathesis.Config.from_dict(given)
    # What the house serves is the same: see test_openapi.py.
    return schemathesis.openapi.from_path(str(ROOT / "web" / "openapi.json"), config=config)


WHOLE = _document()
# All edges of all domains are met on the other database already; here come some requests by chance.
BRIEF = _document(coverage={"enabled": False})


@pytest.fixture(scope="module")
def fuzzed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Opens a house of its own on a kind of database, which many accounts and invitations are left in."""
    houses: dict[str, House] = {}
    with ExitStack() as stack:

        def opened(dialect: str) -> House:
            if dialect not in houses:
                folder = tmp_path_factory.mktemp(f"fuzzed-{dialect}")
                url = new_database(request, dialect, folder)
                houses[dialect] = stack.enter_context(
                    open_house(folder, url, use_keys=True, SARAU_SCANNING_WATCH="false")
                )
            return houses[dialect]

        yield opened


def _ask(case: schemathesis.Case, house: House) -> None:
    proof = {"Authorization": house.owner.client.headers["authorization"]}
    case.call_and_validate(base_url=house.url, headers=proof, excluded_checks=TOO_STRICT)


def _limited(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@WHOLE.parametrize()
@_limited(8)
def test_any_request_on_sqlite(case: schemathesis.Case, fuzzed: Open) -> None:
    _ask(case, fuzzed("sqlite"))


@BRIEF.parametrize()
@_limited(6)
def test_any_request_on_postgresql(case: schemathesis.Case, fuzzed: Open) -> None:
    _ask(case, fuzzed("postgresql"))


def test_nothing_of_it_was_an_error_that_nobody_expected(fuzzed: Open) -> None:
    for dialect in ("sqlite", "postgresql"):
        house = fuzzed(dialect)
        noted = house.owner.client.get("/activity", params={"kind": "error"}).json()["items"]
        assert noted == [], dialect
        assert '"event": "request failed"' not in house.server.said(), dialect
        assert house.metric("sarau_http_requests_total") > 300, dialect
