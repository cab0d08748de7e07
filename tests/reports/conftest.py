"""One redesign made by hand, its package, and what it looks like written out."""

import pytest
from handmade_redesign import redesign as handmade

from assistant.handover.package import package as pack


@pytest.fixture(scope="session")
def redesign():
    return handmade()


@pytest.fixture(scope="session")
def package(redesign):
    return pack(redesign)
