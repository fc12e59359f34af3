"""For how long a sender can read again what answered its message: a setting, as it works at the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.scene import declaration
from tests.journeys.standing import identity_in, standing

XML = {"content-type": "application/xml"}


@pytest.mark.parametrize(("days", "again"), [(30, True), (0, False)])
def test_an_acknowledged_answer_is_read_again_as_long_as_the_setting_says(
    tmp_path: Path, days: int, again: bool
) -> None:
    with standing(tmp_path, identity_in(tmp_path), readable_again_days=days) as node:
        trader = node.client("speed2", "trader.fr.lesquin")
        sent = trader.ask("POST", "/v1/messages", declaration("again"), XML)
        assert sent.status == 202
        (first, *_) = trader.ask("GET", "/v1/inbox?wait=20").json["items"]
        assert trader.ask("POST", f"/v1/inbox/{first['id']}/ack").status == 204
        status = trader.ask("GET", f"/v1/messages/{sent.json['receipt']}").json
        (answer,) = [each for each in status["answers"] if each["id"] == first["id"]]
        assert answer["delivery"] == "delivered"
        assert answer.get("body") == (first["body"] if again else None)
        assert answer["message"] == first["message"], "what answered it is named all the same"
