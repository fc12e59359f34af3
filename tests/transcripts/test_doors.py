"""What the doors of 9c21e3d2 answered, the doors of this tree answer: exchange by exchange, to the octet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.transcripts.exchanges import RULES, Exchange, Facts, Names, load, names
from tests.transcripts.replaying import EXCEPTIONS, Meant, exceptions, replay

ROOT = Path(__file__).parents[2]
FORMS = ("rest-xml", "rest-json", "soap", "as4", "webhook", "errors")
LEAST = 40
LARGEST_OCTETS = 200_000


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The identity of the nodes that are played."""
    return tmp_path_factory.mktemp("issued")


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_what_was_answered_is_answered(name: str, issued: Path) -> None:
    found = replay([name], ROOT, issued)
    assert [each.text() for each in found.open] == []
    assert found.unused == []
    assert found.exchanges >= LEAST


def test_there_are_forty_exchanges_and_more_of_each_form() -> None:
    for form in FORMS:
        assert sum(len(load(name)) for name in names() if name.startswith(f"{form}-")) >= LEAST, form


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in Path(__file__).parent.glob("recorded/*")) < LARGEST_OCTETS


def test_errors_are_of_many_kinds() -> None:
    codes = Counter(each.told.get("status") for each in load("errors-1"))
    assert {400, 401, 403, 404, 405, 413, 415, 422} <= codes.keys()


def test_each_exception_names_an_exchange_and_has_a_reason() -> None:
    text = EXCEPTIONS.read_text(encoding="utf-8")
    known = exceptions()
    assert len(known) == text.count("[[exception]]")
    for each in known:
        assert all(0 < number <= len(load(each.transcript)) for number in each.exchanges)
        assert len(each.reason) > 20
        assert bool(each.replaces) != bool(each.contains)


TOLD: Facts = {"status": 200, "body": f'{{"digest":"{"a" * 64}","other":"{"b" * 64}","again":"{"a" * 64}"}}'}
NAMED: Facts = {"status": 200, "body": '{"digest":"‹digest 1›","other":"‹digest 2›","again":"‹digest 1›"}'}


def test_what_differs_from_run_to_run_is_named_by_its_order() -> None:
    assert Names().told(TOLD) == NAMED
    assert Names().matches(NAMED, TOLD)
    known = Names()
    assert known.matches(NAMED, TOLD)
    assert known.said({"path": "/x/‹digest 2›"}) == {"path": f"/x/{'b' * 64}"}
    with pytest.raises(KeyError):
        known.said({"path": "‹digest 3›"})


@pytest.mark.parametrize(
    "told",
    [
        TOLD | {"status": 201},
        TOLD | {"more": ""},
        TOLD | {"body": TOLD["body"].replace("b" * 64, "a" * 64)},
        TOLD | {"body": TOLD["body"].replace(f'again":"{"a" * 64}', f'again":"{"c" * 64}')},
        TOLD | {"body": TOLD["body"].replace("a" * 64, "a" * 63)},
        TOLD | {"body": TOLD["body"] + " "},
    ],
)
def test_anything_else_is_a_difference(told: Facts) -> None:
    assert not Names().matches(NAMED, told)


def test_what_comes_after_a_difference_is_still_compared() -> None:
    known = Names()
    assert not known.matches(NAMED, TOLD | {"status": 500})
    assert known.matches({"body": "‹digest 2›"}, {"body": "b" * 64})
    assert not known.matches({"body": "‹digest 2›"}, {"body": "a" * 64})


def test_an_exception_covers_what_it_says_and_nothing_more() -> None:
    said = Meant("x", (1,), "a reason", replaces=(("new", "old"),))
    recorded: Facts = {"status": 200, "body": "old ‹digest 1›"}
    assert said.covers(Names(), recorded, {"status": 200, "body": f"new {'a' * 64}"})
    assert not said.covers(Names(), recorded, {"status": 201, "body": f"new {'a' * 64}"})
    assert not said.covers(Names(), recorded, {"status": 200, "body": f"newer {'a' * 64}"})
    whole = Meant("x", (1,), "a reason", status=422, contains="refused")
    assert whole.covers(Names(), recorded, {"status": 422, "body": "it is refused"})
    assert not whole.covers(Names(), recorded, {"status": 403, "body": "it is refused"})


def test_no_name_stands_for_what_no_transcript_holds() -> None:
    kinds = {each.kind for each in RULES}
    held = str([(each.given, each.told) for name in names() for each in load(name)])
    assert [kind for kind in sorted(kinds) if f"‹{kind}" not in held] == []


def test_a_transcript_is_kept_as_it_was() -> None:
    first = load(names()[0])[0]
    assert isinstance(first, Exchange)
    assert first.given
    assert first.told
