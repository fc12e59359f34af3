"""The private instance of the tests, and an open store in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.backends.postgresql.backend import PostgresqlStore, open_store
from tests.services.postgresql import database, fresh_database, postgresql


@pytest.fixture
def store(database: str) -> Iterator[PostgresqlStore]:
    opened = open_store(database)
    yield opened
    opened.close()


__all__ = ["database", "fresh_database", "postgresql", "store"]
