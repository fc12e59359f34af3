"""The file of a movement: declaration and what was changed in it, guarantee, risk, control; for its officer alone."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.transit.messages import FileQuery, MovementFile
from douane.applications.transit.screens.desk import movement as page_of
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.applications.transit.tests.base_messages import amendment
from douane.configuration.portal import known_of_release
from douane.model.caller import Caller
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults
from douane.pages.tests.specimen import FRAME
from douane.vocabulary.errors import NotFound
from tests.callers import officer, trader
from tests.journeys.movements import Movement, covering, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE

ROLE = "customs officer of departure"
OFFICER = officer("fr.officer", "FR")


def file_of(made: Movement, who: Caller = OFFICER, roles: tuple[str, ...] = (ROLE,), country: str = "FR") -> Any:
    view = made.office.view(country, who, roles)
    return BEHAVIOUR.queries["transit.movement_file"].answer(view, FileQuery(made.mrn))


def values(found: MovementFile) -> dict[str, str]:
    return {each.label: each.value for each in found.lines}


def test_the_officer_sees_the_declaration_line_by_line_and_what_covers_it() -> None:
    found = file_of(Movement())
    told = values(found)
    goods = next(label for label in told if label.endswith("Description of goods"))
    assert goods == "Consignment › House consignment 1 › Consignment item 1 › Commodity › Description of goods"
    assert told[goods]
    assert not [each for each in found.lines if "Message" in each.label]
    assert [(each.state, each.reasons) for each in found.guarantees] == [("held", ())]
    assert (found.controls, found.state, [each.type for each in found.versions]) == ((), "released", ["CC015C"])


def test_he_is_told_why_goods_were_chosen() -> None:
    found = file_of(Movement(risky()))
    assert found.state == "under control"
    assert found.risk
    assert all(each.endswith(".") for each in found.risk)
    assert found.controls


def test_what_an_amendment_changed_stands_first_with_what_stood_there_before() -> None:
    made = Movement(covering(normal(), "20000.00"))
    made.office.give(made.about(amendment(covering(made.declaration, "9000.00"), of_guarantee=True)), TRADER)
    found = file_of(made)
    assert [(each.type, each.refused) for each in found.versions] == [("CC015C", False), ("CC013C", False)]
    (amount,) = [each for each in found.lines if each.changed and each.label.endswith("Amount to be covered")]
    assert (amount.before, amount.value) == ("20000.00", "9000.00")
    assert found.lines[0].changed
    assert not [each for each in found.lines if each.changed and "Consignment" in each.label]


def test_an_amendment_that_was_refused_is_named_and_changed_nothing() -> None:
    made = Movement(covering(normal(), "20000.00"))
    made.office.give(made.about(amendment(covering(made.declaration, "9000.00"), of_guarantee=False)), TRADER)
    found = file_of(made)
    assert [each.refused for each in found.versions] == [False, True]
    assert not [each for each in found.lines if each.changed]
    assert "20000.00" in values(found).values()


@pytest.mark.parametrize(
    ("who", "roles", "country"),
    [
        (officer("at.officer", "AT"), (ROLE,), "AT"), (officer("at.officer", "AT"), (ROLE,), "FR"),
        (OFFICER, (), "FR"), (OFFICER, ("customs officer of guarantee",), "FR"),
        (trader(TRADER), ("holder of the transit procedure",), "FR"), (trader("DE1"), (ROLE,), "FR"),
    ],
)  # fmt: skip
def test_nobody_else_learns_of_a_movement_by_it(who: Caller, roles: tuple[str, ...], country: str) -> None:
    with pytest.raises(NotFound):
        file_of(Movement(), who, roles, country)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_is_sound_in_every_language(language: str) -> None:
    words = Words(language)
    changed = Movement(covering(normal(), "20000.00"))
    changed.office.give(changed.about(amendment(covering(changed.declaration, "9000.00"), of_guarantee=True)), TRADER)
    for made in (Movement(), Movement(risky()), changed):
        given = Given(words, known_of_release(CATALOGUE), {"reference": made.mrn})
        assert faults(draw(page_of(file_of(made), given), FRAME, words)) == []
