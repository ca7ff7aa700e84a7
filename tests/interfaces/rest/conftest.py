"""Names for the tests that Schemathesis makes of every operation."""

import pytest
from schemathesis.pytest.plugin import SchemathesisFunction


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tell the operation in the name of a test: all have one name, and of one name xdist runs one test."""
    if isinstance(item, SchemathesisFunction):
        item._id = item.id.with_params(item.operation_label)
