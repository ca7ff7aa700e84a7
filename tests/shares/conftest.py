"""The houses that these tests visit."""

from tests.support.houses import database_kind, house, new_house, proxied_house, tight_house

__all__ = ["database_kind", "house", "new_house", "proxied_house", "tight_house"]
