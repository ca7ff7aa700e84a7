"""The house that these tests visit, where others bring no music to be found."""

from tests.support.houses import database_kind
from tests.support.houses import searched_house as house

__all__ = ["database_kind", "house"]
