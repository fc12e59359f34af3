"""The messages of risk analysis survive the wire and refuse what is no customs value."""

import datetime as dt
from decimal import Decimal

import msgspec
import pytest

from douane.applications.risk_analysis.messages import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    Treatment,
    TrustedTrader,
)

VIEW = ConsignmentView(
    Procedure.TRANSIT,
    "26FR00000000000001",
    "FR005350",
    (ItemView(1, "27101943", gross_mass=Decimal("21500.5")), ItemView(2, "240220", origin="BY")),
    holder=Party("FR12345678900010", "FR", TrustedTrader.BOTH),
    route=("DE", "AT"),
)


def test_a_request_survives_json() -> None:
    request = Assess(VIEW, dt.date(2026, 1, 31))
    assert msgspec.json.decode(msgspec.json.encode(request), type=Assess) == request


@pytest.mark.parametrize(
    ("old", "new"),
    [("FR005350", "fr005350"), ("27101943", "27.10"), ('"BY"', '"BYE"'), ('"number":1', '"number":0')],
)
def test_a_value_of_another_shape_is_refused(old: str, new: str) -> None:
    text = msgspec.json.encode(Assess(VIEW, dt.date(2026, 1, 31))).decode()
    assert old in text
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text.replace(old, new), type=Assess)


def test_treatments_are_ordered_from_mild_to_strict() -> None:
    assert sorted(Treatment, key=lambda t: t.strictness) == list(Treatment)
    assert [t.control_type for t in Treatment] == ["", "10", "30", "40", "40"]
