"""Places of messages: as commands take them, as people read them, and both as they are asked for."""

from __future__ import annotations

import pytest

from douane.runtime.store import keys
from douane.shared_services.auditing.happenings import place_of, place_said, position_at


@pytest.mark.parametrize(("partition", "number"), [(0, 1), (0, 31), (3, 1041), (1023, 1 << 40)])
@pytest.mark.parametrize("sent", [False, True])
def test_a_place_is_read_as_partition_and_number_and_asked_for_in_either_form(
    partition: int, number: int, sent: bool
) -> None:
    position = keys.log_position(partition, number)
    place = place_of(position, sent=sent)
    said = place_said(place)
    assert said == ("out:" if sent else "") + f"{partition}/{number}"
    assert {position_at(each.removeprefix("out:")) for each in (place, said)} == {position}
    assert place_said(said) == said


@pytest.mark.parametrize(
    "text",
    ["", "0", "0/0", "/", "1/", "/1", "-1", "0x1f", "1_f", "+1", "1/2/3", "1/-2", "26FR005350000001J9", "f" * 17,
     "\u0661", "99999/1", "\x00", "ffffffffffffffff"],
)  # fmt: skip
def test_what_is_no_place_leads_nowhere_and_is_said_as_it_is(text: str) -> None:
    assert position_at(text) == 0
    assert place_said(text) == text
