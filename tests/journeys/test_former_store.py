"""A store of the last release before callers and parties is opened by this one, and everything in it goes on and ends.

``former/make_store.py`` says what is in it, and made it in a checkout of that release.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard
from msgspec.structs import replace

from douane.applications.case_files.messages import CasesQuery
from douane.applications.guarantees.messages import GuaranteeQuery
from douane.applications.transit.messages import Inspection
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.tests.base_declarations import GRN, TRADER
from douane.applications.transit.tests.base_messages import invalidation_request
from douane.backends.sqlite.backend import SqliteStore
from douane.model.caller import Caller
from douane.runtime.core.commands import Release
from douane.runtime.core.tick import Tick
from douane.runtime.store.ports import Log
from tests.callers import officer, trader
from tests.journeys.judging import MOST
from tests.journeys.movements import told
from tests.journeys.office import BEHAVIOUR, Office
from tests.journeys.test_two_nodes import Union, registration

STORE = Path(__file__).parent / "former" / "a7404ab.db.zst"


@pytest.fixture
def union(tmp_path: Path) -> Union:
    """The French node over what the former release left, beside new ones of Germany and Austria."""
    (tmp_path / "node.db").write_bytes(zstandard.ZstdDecompressor().decompress(STORE.read_bytes()))
    made = Union("FR", "DE AT")
    made.nodes[0] = Office(frozenset({"FR"}), made.nodes[1].clock, SqliteStore(str(tmp_path / "node.db")))  # type: ignore[arg-type]  # any store will do
    made.nodes[0].judged = last(made.nodes[0], Log.SENT), last(made.nodes[0], Log.JOURNAL)
    return made


def last(home: Office, log: Log) -> int:
    """Up to where a log is the former release's, which is judged no more."""
    return max(position for position, _ in home.store.scan_log(log, 0, 1 << 62, MOST))


def case(home: Office, number: int) -> Departure:
    """The case of a declaration at departure."""
    view = home.view("FR")
    subject = view.resolve("lrn", f"{TRADER}/LQ26-{number:06d}")
    assert subject is not None
    found = view.get(Departure, subject)
    assert found is not None
    return found


def caught_up(home: Office) -> None:
    """Take the turns that were due when the power failed."""
    while home.owner.pending:
        Tick(home.owner).run()


def released(home: Office) -> None:
    """What was set aside is tried again: the fault is mended."""
    for position in [each.position for each in home.owner.parked() if not each.waits_for]:
        Tick(home.owner).run(commands=[Release(position)])
    home.settle()


def test_what_was_accepted_and_not_handled_is_handled(union: Union) -> None:
    home = union.node("FR")
    caught_up(home)
    assert case(home, 4).state == "arrived"
    assert case(home, 5).state == "released"


def test_what_was_set_aside_goes_on_in_its_order(union: Union) -> None:
    home = union.node("FR")
    caught_up(home)
    assert [bool(each.waits_for) for each in home.owner.parked()] == [False, True]
    assert case(home, 3).mrn == ""
    released(home)
    assert case(home, 3).state == "released"
    names = told(home, TRADER)
    assert names.index("CC004C") < len(names) - 1 - names[::-1].index("CC028C")


def test_a_movement_under_way_is_discharged(union: Union) -> None:
    home, away = union.nodes
    caught_up(home)
    released(home)
    assert any(each.endswith(">AT CC007C") for each in union.carry()), "it was handed in here, and is for Austria"
    away.give(Inspection(mrn=case(home, 1).mrn, officer="at.officer", code="A1"), "at.officer", administration="AT")
    assert "AT>FR CD018C" in union.carry()
    assert case(home, 1).state == "discharged"


def test_who_was_asked_may_answer(union: Union) -> None:
    home, away = union.nodes
    caught_up(home)
    released(home)
    away.give(registration(), "de.officer", administration="DE")
    assert case(home, 2).state != "released"
    assert "DE>FR CD205C" in union.carry()
    assert case(home, 2).state == "released"


def test_a_stranger_gets_no_case_by_the_upgrade(union: Union) -> None:
    home = union.node("FR")
    caught_up(home)
    released(home)
    state, stranger = case(home, 1).state, "FR99999999900099"
    named = replace(invalidation_request().transit_operation, mrn=case(home, 1).mrn, lrn=None)
    home.give(replace(invalidation_request(), message_sender=stranger, transit_operation=named), stranger)
    assert case(home, 1).state == state
    assert "invalidation" not in state
    assert home.names(stranger) in ([], ["CC056C"])


def test_the_guarantee_is_charged_with_what_rests_on_it(union: Union) -> None:
    home = union.node("FR")
    caught_up(home)
    released(home)
    account = BEHAVIOUR.queries["guarantees.show"].answer(home.view("FR"), GuaranteeQuery(GRN))
    assert account.reserved == 4 * 4500


def test_the_lists_show_what_the_former_release_left_to_whom_it_concerns(union: Union) -> None:
    home = union.node("FR")
    known = case(home, 1).mrn

    def listed(who: Caller, *roles: str) -> set[str]:
        found = BEHAVIOUR.queries["case_files.my_cases"].answer(home.view("FR", who, roles), CasesQuery("FR"))
        return {each.reference for each in found.cases}

    holder, departure = "holder of the transit procedure", "customs officer of departure"
    assert known in listed(trader(TRADER), holder)
    assert known in listed(officer("fr.officer", "FR"), departure)
    for who, roles in (
        (trader(TRADER), ()), (trader(TRADER, by="BE0123456789"), (holder,)), (trader("DE1234567890123"), (holder,)),
        (officer("fr.officer", "FR"), ()), (officer("de.officer", "DE"), (departure,)),
    ):  # fmt: skip
        assert known not in listed(who, *roles)
