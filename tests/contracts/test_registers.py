"""What the centre believes of those who keep entries of a register: silent, set back, or two that claim one number."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from douane.central_repository.registers import RESTS, Registers
from douane.model.discovery import services
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Question
from douane.testing.office import administration
from douane.vocabulary.errors import PartnerRefused, PartnerUnreachable
from douane.vocabulary.known import NO, YES, Says, Why, not_known
from tests.callers import system, trader

CATALOGUE = Catalogue(services())
VALIDATE = CATALOGUE.operation("rex.validate")
NUMBER = "ATREX0001"


class Keeper:
    """A system that keeps exporters: what it says of each number, how long its log is, whether it answers."""

    def __init__(self, dates: dict[str, str] | None = None, leaves: int = 100) -> None:
        self.leaves, self.dates, self.works, self.asked = leaves, dict(dates or {}), True, 0

    async def call(self, operation: str, body: bytes) -> Any:
        self.asked += 1
        if not self.works:
            raise PartnerUnreachable("It is dead.")
        number = msgspec.json.decode(body)["number"]
        known = {"says": "yes" if number in self.dates else "no", "stands": f"0:{self.leaves}"}
        day = self.dates.get(number)
        return {"number": number, "known": known, **({"valid_from": day} if day else {})}


class Centre:
    """The centre's end of it, whose clock stands until it is moved."""

    def __init__(self, **keepers: Keeper) -> None:
        self.ways, self.at = keepers, 1_800_000_000_000_000
        self.disagreements: list[tuple[str, ...]] = []
        self.went_back: list[str] = []
        self.registers = Registers(
            CATALOGUE, lambda _administration, _operation: tuple(keepers), lambda: self.at,
            self.disagreements.append, self.went_back.append,
        )  # fmt: skip

    def ask(self, number: str = NUMBER) -> Any:
        question = Question(
            VALIDATE.qualified, "AT", trader("DE1"), frozenset(), VALIDATE.request(number=number), "speed2"
        )  # fmt: skip
        return asyncio.run(self.registers.onward(question, not_known("AT", Why.ELSEWHERE), self.ways))


def test_what_a_keeper_says_is_told_and_how_long_its_log_is_is_not() -> None:
    centre = Centre(AT=Keeper({NUMBER: "2026-01-01"}))
    assert centre.ask().known == YES
    assert centre.ask("ATREX0002").known == NO


def test_silence_is_told_with_its_beginning_until_it_ends() -> None:
    keeper = Keeper({NUMBER: "2026-01-01"})
    centre = Centre(AT=keeper)
    keeper.works, began = False, centre.at
    first = centre.ask().known
    assert (first.says, first.whom, first.why) == (Says.NOT_KNOWN, "AT", Why.UNREACHABLE)
    assert first.since.timestamp() * 1e6 == began
    assert [centre.ask(each).known for each in (NUMBER, "ATREX0002")] == [first, first], "told alike"
    assert keeper.asked == 1, "who asks next waits for nobody"
    centre.at += RESTS
    assert (centre.ask().known, keeper.asked) == (first, 2)
    keeper.works = True
    centre.at += RESTS
    assert centre.ask().known == YES
    keeper.works = False
    assert centre.ask().known.since > first.since


def test_a_keeper_that_was_set_back_is_marked_and_its_no_is_none() -> None:
    keeper = Keeper({NUMBER: "2026-01-01", "ATREX0002": "2026-01-02"})
    centre = Centre(AT=keeper)
    assert centre.ask("ATREX0002").known == YES
    seen = centre.at
    centre.at += 60_000_000
    del keeper.dates["ATREX0002"]  # it was registered after the backup
    keeper.leaves = 40
    lost, held = centre.ask("ATREX0002").known, centre.ask().known
    assert (lost.says, lost.whom, lost.why) == (Says.NOT_KNOWN, "AT", Why.SET_BACK)
    assert lost.since.timestamp() * 1e6 == seen, "since it was seen to stand further"
    assert (held.says, held.whom, held.why) == (Says.YES, "AT", Why.SET_BACK), "it may have been revoked since"
    keeper.leaves = 500
    assert centre.ask("ATREX0002").known.says is Says.NOT_KNOWN, "what it lost does not come back by itself"
    assert centre.went_back == ["AT"]


def test_partitions_of_a_keeper_are_not_compared_with_each_other() -> None:
    keeper = Keeper()
    centre = Centre(AT=keeper)
    centre.ask()
    keeper.call = _of_partition(1, 5)  # type: ignore[method-assign]
    assert centre.ask().known == NO


def _of_partition(partition: int, leaves: int) -> Any:
    async def call(_operation: str, _body: bytes) -> Any:
        return {"number": NUMBER, "known": {"says": "no", "stands": f"{partition}:{leaves}"}}

    return call


def test_of_two_that_claim_one_number_neither_is_believed() -> None:
    centre = Centre(AT=Keeper({NUMBER: "2026-01-01"}), DE=Keeper({NUMBER: "2026-02-02"}))
    said = centre.ask()
    assert (said.known.says, said.known.whom, said.known.why) == (Says.NOT_KNOWN, "AT DE", Why.CLAIMED_TWICE)
    assert said.valid_from is None, "nothing of either is told"
    centre.ask()
    assert centre.disagreements == [("AT", "DE")], "its operator is told once"


def test_two_that_say_the_same_agree_also_where_one_was_set_back() -> None:
    one = Keeper({NUMBER: "2026-01-01"})
    centre = Centre(AT=one, DE=Keeper({NUMBER: "2026-01-01"}))
    assert centre.ask().known == YES
    one.leaves = 1
    assert centre.ask().known.says is Says.YES
    assert centre.disagreements == []


@pytest.mark.parametrize(("silent", "says"), [("DE", Says.YES), ("AT", Says.NOT_KNOWN)])
def test_found_by_one_is_found_and_found_by_none_is_no_only_where_all_answer(silent: str, says: Says) -> None:
    keepers = {"AT": Keeper({NUMBER: "2026-01-01"}), "DE": Keeper()}
    keepers[silent].works = False
    assert Centre(**keepers).ask().known.says is says


def test_a_refusal_is_no_answer() -> None:
    class Refusing(Keeper):
        async def call(self, operation: str, body: bytes) -> Any:
            raise PartnerRefused("404")

    said = Centre(AT=Refusing()).ask().known
    assert (said.says, said.why) == (Says.NOT_KNOWN, Why.REFUSED)


def test_a_national_node_tells_the_centre_alone_how_long_its_log_is() -> None:
    registers = Registers(CATALOGUE, lambda *_: ("",), stands=lambda: "0:7")
    found = VALIDATE.not_known(VALIDATE.request(number=NUMBER), NO) if VALIDATE.not_known is not None else None

    def told(caller: Any) -> str:
        question = Question(VALIDATE.qualified, "AT", caller, frozenset(), VALIDATE.request(number=NUMBER))
        answer = asyncio.run(registers.onward(question, found, {}))
        return str(answer.known.stands)

    assert told(administration("EU")) == "0:7"
    assert {told(each) for each in (system("DE"), trader("AT1"))} == {""}
