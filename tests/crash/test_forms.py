"""The judgement of what persons were told on pages is itself tested: each harm is named, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crash.checker import Harm
from crash.forms import HELD, LET_IN, Forms, delegate_of, form_faults
from crash.ledger import Line, What

FIRMS = [delegate_of(browser, number) for browser in range(2) for number in range(3)]
Rows = dict[str, bytes]


def sound() -> tuple[list[Line], Rows]:
    """Six forms of two browsers that were all received, as the ledgers and the journal have it."""
    lines, rows = [Line(What.ENTERED, "browser 0", 0.0), Line(What.LEFT, "browser 0", 9.0)], dict[str, bytes]()
    for number, firm in enumerate(FIRMS):
        lines += [
            Line(What.SENT, firm, 1.0), Line(What.UNKNOWN, firm, 1.1),
            Line(What.ACKNOWLEDGED, firm, 2.0, text=f"{number:x}"),
            Line(What.AGAIN, firm, 3.0, text=f"{number:x}"), Line(What.COLLECTED, firm, 8.0),
        ]  # fmt: skip
        rows[f"{number:x}"] = b'{"principal":"FR40123456700017","delegate":"%s"}' % firm.encode()
    return lines, rows


def lost_row(lines: list[Line], rows: Rows) -> None:
    del rows["2"]


def elsewhere(lines: list[Line], rows: Rows) -> None:
    rows["77"] = rows.pop("2")


def unseen(lines: list[Line], rows: Rows) -> None:
    lines.remove(Line(What.COLLECTED, FIRMS[1], 8.0))


def twice(lines: list[Line], rows: Rows) -> None:
    rows["77"] = rows["2"]


def taken_again(lines: list[Line], rows: Rows) -> None:
    lines.append(Line(What.AGAIN, FIRMS[0], 4.0, text="9"))


def unsent(lines: list[Line], rows: Rows) -> None:
    rows["77"] = b'{"delegate":"BE7009999999"}'


def shown_twice(lines: list[Line], rows: Rows) -> None:
    lines.append(Line(What.COLLECTED, FIRMS[1], 8.1))


def unanswered(lines: list[Line], rows: Rows) -> None:
    lines.append(Line(What.SENT, delegate_of(0, 9), 5.0))


def let_in(lines: list[Line], rows: Rows) -> None:
    lines.append(Line(What.REFUSED, HELD, 9.0, status=200, text=LET_IN))


def test_what_is_sound_has_no_faults() -> None:
    lines, rows = sound()
    forms = Forms.of(lines)
    assert list(form_faults(forms, rows)) == []
    assert forms.counts == {"forms": len(FIRMS), "sessions": 1}


@pytest.mark.parametrize(
    ("spoil", "harm"),
    [
        (lost_row, Harm.LOST), (elsewhere, Harm.LOST), (unseen, Harm.LOST),
        (twice, Harm.DOUBLED), (taken_again, Harm.DOUBLED), (unsent, Harm.DOUBLED), (shown_twice, Harm.DOUBLED),
        (unanswered, Harm.BROKEN), (let_in, Harm.BROKEN),
    ],
)  # fmt: skip
def test_each_harm_is_named(spoil: Callable[[list[Line], Rows], None], harm: Harm) -> None:
    lines, rows = sound()
    spoil(lines, rows)
    assert [each.harm for each in form_faults(Forms.of(lines), rows)] == [harm]
