"""Examples of messages: the least that is valid, of every type that the product takes, and texts that fit a pattern."""

from __future__ import annotations

import re

import msgspec
import pytest

from douane.standards.forms.examples import example_of, example_of_pattern
from douane.standards.forms.items import Content, Item
from douane.vocabulary.errors import DeclarationFault


@pytest.mark.parametrize(
    "pattern",
    [
        r"\A[A-Z]{2}[0-9]{4}\Z", r"\A(?:[A-Z]{2})?\Z", r"A|B", r"(?:01|1[0-2])/\d{2}", r"[^ \u2000-\u200a](?:.*[^ ])?",
        r"\A[\x21-\x7E]{1,35}\Z", r"https?://[a-z]+\.example", r"[]a]+", r"(?!x)[a-z]{3,}", r"\S+ \w*",
        r"a{,2}b", r"[A-]{3}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", [0, 1, 5])
def test_a_text_is_made_of_a_pattern(pattern: str, more: int) -> None:
    assert re.fullmatch(pattern, example_of_pattern(pattern, more))


def item(path: str, content: Content = Content.TEXT, **said: object) -> Item:
    return Item(path=path, tag=path.rpartition("/")[2], content=content, label=path, **said)  # type: ignore[arg-type]


def test_the_least_of_a_message_and_nothing_else() -> None:
    inner = (item("/lines/code", patterns=("[A-Z]+",), shortest=4, longest=6), item("/lines/note", least=0))
    items = (
        item("/name", values=("red", "blue")), item("/count", Content.INTEGER, low=7), item("/spare", least=0),
        item("/lines", Content.GROUP, least=2, most=None, items=inner), item("/day", Content.DATE),
    )  # fmt: skip
    line = {"code": "AAAA"}
    assert example_of(items) == {"name": "red", "count": 7, "lines": [line, line], "day": "2026-11-02"}


def test_a_flag_is_written_as_its_reader_takes_it() -> None:
    assert example_of((item("/f", Content.FLAG),)) == {"f": True}
    assert example_of((item("/f", Content.FLAG),), published=True) == {"f": "0"}


def test_what_no_text_fits_is_told() -> None:
    with pytest.raises(DeclarationFault):
        example_of((item("/code", patterns=("[0-9]{3}", "[A-Z]{3}")),))


def test_examples_are_json() -> None:
    assert msgspec.json.encode(example_of((item("/o", Content.OCTETS), item("/a", Content.ANYTHING))))
