"""Feeds of final data that are pushed: to whom, what, and where."""

from __future__ import annotations

from typing import NamedTuple


class Feed(NamedTuple):
    """A view of a data set that an administration (``EU``: the Commission) has pushed to its replica's address."""

    subscriber: str
    data_set: str
    view: str
    address: str
