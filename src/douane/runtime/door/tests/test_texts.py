"""Texts that hold JSON are bounded where a message comes in: nested without end, they reach nobody who parses them."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
import pytest
from msgspec import Meta

from douane.applications.drafts.messages import Change, DraftChanged, DraftSaved, OlderDraft
from douane.runtime.catalogue.texts import HOLDS, check_texts
from douane.testing.office import START
from douane.vocabulary.errors import NotValid

DEEP: Final = '{"a":' * 200_000 + "1" + "}" * 200_000
WIDE: Final = "[" + "0," * 120_000 + "0]"
NONE: Final = ("{", "nul", '{"a":1e999}', '"\\ud800"')


def saved(content: str) -> DraftSaved:
    return DraftSaved(name="a-draft-of-ours", operation="transit.lodge_declaration", turn=0, content=content)


def changed(*values: str) -> DraftChanged:
    changes = tuple(Change(path="/a", value=each) for each in values)
    return DraftChanged(name="a-draft-of-ours", turn=1, changes=changes)


def places(message: Any) -> list[str]:
    with pytest.raises(NotValid) as caught:
        check_texts(message)
    assert all(each.remedy for each in caught.value.faults)
    return [each.pointer for each in caught.value.faults]


@pytest.mark.parametrize("text", [DEEP, WIDE, *NONE, "", "1", "[]"], ids=lambda text: repr(text[:12]))
def test_what_is_filled_in_is_an_object_within_the_bounds_of_a_document(text: str) -> None:
    assert places(saved(text)) == ["/content"]
    older = OlderDraft(owner="FR1", name="a-draft-of-ours", operation="transit.lodge_declaration", content=text,
                       saved_at=START)  # fmt: skip
    assert places(older) == ["/content"]


@pytest.mark.parametrize("text", [DEEP, WIDE, *NONE], ids=lambda text: repr(text[:12]))
def test_each_change_that_is_none_is_named(text: str) -> None:
    assert places(changed("1", text, '"2"', text)) == ["/changes/1/value", "/changes/3/value"]


def test_what_a_page_and_a_program_write_is_taken() -> None:
    for message in (saved("{}"), saved('{"a":' * 60 + "1" + "}" * 60), changed("", "1", '{"a":["b"]}', "null")):
        check_texts(message)


class Inside(msgspec.Struct, frozen=True):
    again: tuple[Inside, ...] = ()
    text: Annotated[str | None, Meta(max_length=9, extra={HOLDS: "value"})] = None


class Around(msgspec.Struct, frozen=True):
    one: Inside | None = None
    plain: str = "{"


def test_a_text_is_found_at_any_depth_and_nothing_else_is_touched() -> None:
    check_texts(Around())
    assert places(Around(Inside(text="{"))) == ["/one/text"]
