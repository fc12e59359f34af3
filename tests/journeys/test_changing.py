"""What the portal says of a draft that was changed is what the application makes of it, whatever was filled in."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from douane.applications.drafts.messages import Change
from douane.applications.drafts.rules import changed
from douane.portal.filing.changing import changes


def tree(made: random.Random, depth: int = 0) -> dict[str, Any]:
    """Something that is filled in: groups, lists of groups, texts, names with the letters that pointers escape."""
    found: dict[str, Any] = {}
    for name in made.sample(["a", "b/c", "d~e", "items", "", "0", "é"], made.randint(0, 5)):
        kind = made.randint(0, 3) if depth < 3 else 0
        if kind == 1:
            found[name] = tree(made, depth + 1)
        elif kind == 2:
            found[name] = [tree(made, depth + 1) for _ in range(made.randint(0, 3))]
        else:
            found[name] = made.choice(["", "1", "x"])
    return found


@pytest.mark.parametrize("seed", range(300))
def test_changes_make_of_what_stood_there_what_stands_there_now(seed: int) -> None:
    made = random.Random(seed)
    before, now = tree(made), tree(made)
    told = tuple(Change(**each) for each in changes(before, now))
    text = changed(json.dumps(before), told)
    assert text is not None
    assert json.loads(text) == now
    assert tuple(changes(now, now)) == ()


def test_one_value_among_a_thousand_items_is_told_alone() -> None:
    before = {"items": [{"description": f"Goods {n}"} for n in range(1_000)]}
    now = json.loads(json.dumps(before))
    now["items"][7]["description"] = "Coffee"
    assert tuple(changes(before, now)) == ({"path": "/items/7/description", "value": '"Coffee"'},)
