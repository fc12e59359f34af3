"""Whose word counts of a case that another system keeps: of who served the operation that gives cases their name."""

from __future__ import annotations

from typing import Any, cast

from msgspec.structs import replace

from douane.central_repository.summaries import MOST_SOURCES, Keeper, Summaries
from douane.configuration import discovery
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.case_summaries import Asked, Part, Told, key_of

CATALOGUE = Catalogue(discovery.services())
MRN = "26AT0000000000001J4"
FOLLOWED = Asked("AT", "case_files.follow_case", 4, (("mrn", MRN),))
TOLD = Told("AT", "mrn", MRN, "transit.lodge_declaration", 1, "released", "AT002000", 0, "", "", "", 0, "", "", (
    Part("AT1", "holder"),), 2, 2)  # fmt: skip


class Kept:
    """A keeper by what was read of it; what a replica proves has tests of its own."""

    def __init__(self, name: str, *told: Told) -> None:
        self.name, self.as_of, self.why, self.since = name, 7, None, 0
        self.told = {key_of("AT", "mrn", MRN): each for each in told}

    def entry(self, key: str) -> Told | None:
        return self.told.get(key)


def keeper(name: str, *told: Told) -> Keeper:
    return cast("Keeper", Kept(name, *told))


def summaries(*keepers: Keeper) -> tuple[Summaries, list[tuple[str, ...]]]:
    """Austria keeps its transit itself; Belgium hosts its guarantees alone."""

    def provided(_administration: str, operation: str, _at: int) -> str:
        return "BE" if operation.startswith("guarantees.") else "AT"

    told: list[tuple[str, ...]] = []
    made = Summaries(provided, CATALOGUE.begins, CATALOGUE.gives, lambda: 9)
    made.keepers, made.disagree = {each.name: each for each in keepers}, told.append
    return made, told


def test_the_host_of_one_service_tells_nothing_of_the_cases_of_another() -> None:
    lie = replace(TOLD, operation="guarantees.register", state="written off")
    made, wrong = summaries(keeper("BE", lie))
    assert made.told(FOLLOWED) is None
    assert wrong == [("BE",)]
    made, wrong = summaries(keeper("AT", TOLD), keeper("BE", lie))
    heard = made.told(FOLLOWED)
    assert heard is not None
    assert (heard.keeper, heard.told.state) == ("AT", "released")
    assert wrong == [("BE",)], "who keeps the case is not accused"


def test_what_stands_under_a_key_is_about_that_case() -> None:
    for other in (replace(TOLD, administration="DE"), replace(TOLD, kind="grn")):
        assert summaries(keeper("AT", other))[0].told(FOLLOWED) is None


def test_a_case_has_the_names_that_its_service_issues() -> None:
    assert CATALOGUE.gives("transit.lodge_declaration", "mrn")
    assert CATALOGUE.gives("transit.anticipate_arrival", "arrival"), "departure began it, and named it"
    assert not CATALOGUE.gives("guarantees.register", "mrn")
    assert not CATALOGUE.gives("transit.lodge_declaration", "grn")
    assert not CATALOGUE.gives("transit.declarations", "mrn"), "nothing here takes it"


def test_a_keeper_of_more_partitions_than_any_has_is_not_read() -> None:
    class Replica:
        def __init__(self, sources: int) -> None:
            self._sources = sources

        def sources(self, _view: object) -> range:
            return range(self._sources)

        def cursor(self, _view: object, _source: int) -> Any:
            return type("Cursor", (), {"snapshot": None, "read_at": 7})

    for sources, as_of in ((MOST_SOURCES, 7), (MOST_SOURCES + 1, 0)):
        made = Keeper("AT", cast("Any", Replica(sources)), cast("Any", None))
        made.look()
        assert made.as_of == as_of
