"""Takes down what the fault tests tell."""

from collections.abc import Callable

import pytest

from tests.durability.proof import Proof


@pytest.fixture
def proof(record_property: Callable[[str, object], None]) -> Proof:
    """Take down what is tried and what comes out."""
    return Proof(record_property)
