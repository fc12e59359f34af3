"""Every list that can be asked for without naming anything is told in pages: of each operation, by whoever may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

from douane.assembly.pages.proving import invitation
from douane.configuration.discovery import services
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.model.declare import Kind, Operation
from douane.portal.desks import LONGEST
from douane.vocabulary.listing import MOST_LISTED
from tests.journeys.standing import GENEROUS, Answer, Standing, identity_in, standing
from tests.journeys.supervised import JSON
from tests.pages.visitor import Visitor

ASKERS: Final = (
    ("speed2", "trader.fr.lesquin"), ("speed2", ""), ("ccn2", "fr.officer"), ("ccn2", "fr.system"),
    ("cdco", "commission.officer"),
)  # fmt: skip


def fields(operation: Operation) -> tuple[msgspec.inspect.Field, ...]:
    """What a question may say."""
    said = msgspec.inspect.type_info(operation.request)
    assert isinstance(said, msgspec.inspect.StructType)
    return said.fields


QUESTIONS: Final = [each for service in services() for each in service.operations if each.kind is Kind.QUERY]
LIMITED: Final = [each for each in QUESTIONS if any(field.name == "limit" for field in fields(each))]
FREE: Final = [each for each in QUESTIONS if not any(field.required for field in fields(each))]
FEEDS: Final = frozenset({"final_data.snapshot", "final_data.changes", "final_data.published"})
"""Feeds of replicas, which systems of administrations follow entry by entry: 1,000 at most."""
DRAFTS: Final = 230


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("lists")
    with standing(folder, identity_in(folder), limits=GENEROUS, pages=PagesAt(port=0)) as found:
        trader = found.client("speed2", "trader.fr.lesquin")
        for number in range(DRAFTS):
            draft = {
                "name": f"number-{number:04}",
                "operation": "transit.lodge_declaration",
                "turn": 0,
                "content": "{}",
            }
            assert trader.ask("POST", "/drafts/v1/save", json.dumps(draft).encode(), JSON).status == 202
        yield found


def asked(node: Standing, operation: Operation, **said: Any) -> Iterator[Answer]:
    """The answers of those to whom an operation is open."""
    for platform, name in ASKERS:
        path = f"/{operation.qualified.replace('.', '/v1/')}"
        answer = node.client(platform, name).ask("POST", path, json.dumps(said).encode(), JSON)
        if answer.status not in {401, 403, 404}:
            yield answer


def longest(answer: Answer) -> int:
    return max((len(value) for value in answer.json.values() if isinstance(value, list)), default=0)


@pytest.mark.parametrize("operation", FREE, ids=lambda each: each.qualified)
def test_no_list_tells_more_than_a_page(node: Standing, operation: Operation) -> None:
    most = {"limit": _most(operation)} if operation in LIMITED else {}
    answers = list(asked(node, operation, **most))
    told = max((longest(each) for each in answers if each.status == 200), default=0)
    bound = _most(operation) if operation.qualified in FEEDS else MOST_LISTED
    assert told <= bound


def _most(operation: Operation) -> int:
    """The highest limit that may be asked for."""
    kind = next(each for each in fields(operation) if each.name == "limit").type
    while isinstance(kind, msgspec.inspect.Metadata):
        kind = kind.type
    assert isinstance(kind, msgspec.inspect.IntType)
    assert kind.ge == 1
    assert kind.le is not None
    return int(kind.le)


@pytest.mark.parametrize("operation", [each for each in LIMITED if each in FREE], ids=lambda each: each.qualified)
def test_a_nonsense_limit_is_refused_and_a_small_one_is_kept(node: Standing, operation: Operation) -> None:
    assert _most(operation) <= (1000 if operation.qualified in FEEDS else 500)
    few = list(asked(node, operation, limit=1))
    assert few, "nobody may ask it"
    assert {each.status for each in few} <= {200}
    for nonsense in (0, -1, 10**9, 1.5, "many", None, [1]):
        refused = list(asked(node, operation, limit=nonsense))
        assert {each.status for each in refused} <= {400, 422}, (nonsense, [each.status for each in refused])
        assert refused


def test_a_long_list_is_followed_by_its_cursor_to_the_end_and_nothing_comes_twice(node: Standing) -> None:
    trader, after, names = node.client("speed2", "trader.fr.lesquin"), "", list[str]()
    while True:
        answer = trader.ask("POST", "/drafts/v1/mine", json.dumps({"after": after}).encode(), JSON).json
        assert len(answer["drafts"]) <= MOST_LISTED
        names += [each["name"] for each in answer["drafts"]]
        if not (after := answer["after"]):
            break
    assert sorted(names) == [f"number-{number:04}" for number in range(DRAFTS)]


@pytest.mark.parametrize(("asked_for", "status"), [("0", 400), ("-1", 400), ("x", 400), ("1", 200), ("999999999", 200)])
def test_an_inbox_is_read_in_pages(node: Standing, asked_for: str, status: int) -> None:
    answer = node.client("speed2", "trader.fr.lesquin").ask("GET", f"/v1/inbox?limit={asked_for}")
    assert answer.status == status
    assert status != 200 or longest(answer) <= MOST_LISTED


@pytest.mark.parametrize(
    ("site", "name", "platform"),
    [
        ("portal", "trader.fr.lesquin", Platform.SPEED2),
        ("desk", "fr.officer", Platform.CCN2),
        ("centre", "commission.officer", Platform.CDCO),
    ],
)
def test_no_page_shows_more_of_a_list_than_a_page_and_its_sheet_ends(
    node: Standing, site: str, name: str, platform: Platform
) -> None:
    pages = node.node.pages
    assert pages is not None
    visitor, lists = Visitor(pages.port), 0
    visitor.get(invitation(pages.sessions, pages.url(site), name, platform, "/"))
    paths = [each.path for each in pages.routes[f"{site}.localhost"] if each.method == "GET" and "{" not in each.path]
    paths.append("/explore/element")
    assert len(paths) > 10
    for path in paths:
        found = visitor.ask("GET", f"{pages.url(site)}{path}?format=json")
        if found.status == 200 and found.headers["content-type"].startswith("application/json"):
            lists += 1
            for each in json.loads(found.body)["operations"]:
                told = each["answer"].values() if isinstance(each["answer"], dict) else ()
                assert all(len(value) <= MOST_LISTED for value in told if isinstance(value, list)), path
        sheet = visitor.ask("GET", f"{pages.url(site)}{path}?format=csv")
        assert sheet.body.count("\n") < LONGEST + 100, path
    assert lists > 3
