"""One search under way."""

from collections.abc import Mapping
from typing import NamedTuple

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.foundation.search import Clause
from sarau.search.schemas import Kind


class Looking(NamedTuple):
    """By whom, what entries must fulfil for them to see it, and how many of which kinds are to be looked at."""

    reader: Reader
    view: View
    visible: tuple[Clause, ...]
    needs: Mapping[Kind, int]
