"""The page of messages is that of what the product sends, handles and judges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from douane.applications.transit.rules.outgoing.book import OUTGOING, named
from douane.applications.transit.rules.outgoing.not_asked import NOT_ASKED
from douane.applications.transit.rules.outgoing.shared import SHARED
from douane.standards.ncts import phase5
from tools.message_coverage import PAGE, WHY_NOT, made, page, taken


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.message_coverage"


def test_a_rule_is_asked_of_messages_whose_layout_names_it() -> None:
    strangers = [
        (rule.id, message.__name__)
        for rule in OUTGOING.rules
        for message in rule.messages
        if rule.id not in named(message.__name__)
    ]
    assert strangers == []
    assert all(ids <= named(message.__name__) for message, ids in SHARED.items())


def test_what_is_sent_is_judged_and_what_is_not_used_has_a_reason() -> None:
    sent, handled = made(), taken()
    assert {"CC029C", "CD001C", "CD160C", "CD018C", "CC037C"} <= sent.keys()
    assert {"transit.notify_leaving"} == set(handled["CD168C"])
    assert not WHY_NOT.keys() & (sent.keys() | handled.keys())
    assert all(why.strip() for why in NOT_ASKED.values())


def test_every_message_that_a_published_flow_names_is_sent_or_handled() -> None:
    flows = Path(__file__).parents[3] / "shared" / "data" / "ncts" / "process_flows.md"
    if not flows.exists():
        pytest.skip("No ../shared/data/ncts/process_flows.md to compare with")
    named_there = set(re.findall(r"\bIE[0-9]{3}\b", flows.read_text(encoding="utf-8")))
    used = set(made()) | set(taken())
    missing = {each.code for each in phase5.family() if each.ie in named_there and each.code not in used}
    assert len(named_there) > 20
    assert missing == set()
