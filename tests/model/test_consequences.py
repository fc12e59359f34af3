"""What a change touches: equal to keys that were written by hand, and far from all that hangs together."""

from __future__ import annotations

import gzip
import tomllib
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from douane.model.graph import ApplicationModel, Node, NodeKind
from douane.reference_architecture.consequences import What, consequences, possible, to_rerun
from douane.reference_architecture.export import load
from douane.reference_architecture.installed import installed_model
from douane.vocabulary.errors import BadQuery

KEYS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "impact_keys.toml").read_text(encoding="utf-8")
)["change"]  # fmt: skip


@cache
def keyed_model() -> ApplicationModel:
    """The architecture of the day on which the keys were written: contracts change, and the keys stay right of it."""
    return load(gzip.decompress((Path(__file__).parent / "impact_model.json.gz").read_bytes()))


def test_there_are_thirty_keys_and_each_says_another_thing() -> None:
    assert len(KEYS) == len({(key["what"], key["element"]) for key in KEYS}) == 30
    assert {key["what"] for key in KEYS} == {what.value for what in What}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key['element']} {key['what']}")
def test_what_is_touched_is_what_the_key_says(key: dict[str, Any]) -> None:
    model = keyed_model()
    found = consequences(model, model.node(key["element"]), What(key["what"]))
    assert {each.node.id for each in found} == set(key["touched"])
    assert [each.depth for each in found] == sorted(each.depth for each in found), "the nearest comes first"


def reachable(model: ApplicationModel, start: Node) -> set[str]:
    """Everything that hangs together with something, along every edge that leads to who uses it."""
    seen, waiting = {start.id}, deque([start.id])
    while waiting:
        here = waiting.popleft()
        for there in (edge.source for edge in model.into(here)):
            if there not in seen and there in model:
                seen.add(there)
                waiting.append(there)
    return seen - {start.id}


def test_a_list_of_everything_reachable_is_no_answer() -> None:
    model = keyed_model()
    wrong = [key for key in KEYS if reachable(model, model.node(key["element"])) != set(key["touched"])]
    assert len(wrong) >= 20


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key['element']} {key['what']}")
def test_every_change_names_tests_to_rerun(key: dict[str, Any]) -> None:
    model = keyed_model()
    start = model.node(key["element"])
    found = to_rerun(model, start, consequences(model, start, What(key["what"])))
    assert found
    assert all(name.partition("::")[0].endswith(".py") for name in found)


@pytest.mark.parametrize("kind", list(NodeKind))
def test_a_change_of_every_kind_is_answered(kind: NodeKind) -> None:
    model = installed_model()
    for node in model.of(kind)[:40]:
        for what in possible(kind):
            found = [each.node.id for each in consequences(model, node, what)]
            assert len(found) == len(set(found))
            assert node.id not in found


@pytest.mark.parametrize(("id", "what"), [("rule:R0994", What.RETIRED), ("goal:trade flows", What.LENGTH),
                                          ("operation:eori.validate", What.MANDATORY)])  # fmt: skip
def test_what_a_thing_cannot_become_is_refused(id: str, what: What) -> None:
    with pytest.raises(BadQuery):
        consequences(installed_model(), installed_model().node(id), what)
