"""Hostile and broken documents are refused with a place; harmless ones come through."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from douane.standards.xml.reading import LONGEST_TAG, Limits, read_text, read_tree
from douane.vocabulary.errors import DouaneError, NotWellFormed, TooLarge

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
ATTACKS = ROOT.parent / "shared/data/attacks/xml"
LIMITS = Limits()


def refused(data: bytes, limits: Limits = LIMITS) -> DouaneError:
    with pytest.raises((NotWellFormed, TooLarge)) as caught:
        read_tree(data, limits)
    assert caught.value.remedy
    return caught.value


@pytest.mark.skipif(not ATTACKS.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout")
def test_the_known_attacks_are_refused_and_the_controls_accepted() -> None:
    files = sorted(ATTACKS.glob("*.xml"))
    assert len(files) == 9
    for path in files:
        if path.stem.startswith("simple"):
            assert len(read_tree(path.read_bytes(), LIMITS))
        else:
            error = refused(path.read_bytes())
            assert [fault.code for fault in error.faults] == ["52"], path.name
            assert error.faults[0].line >= 1


def test_own_attacks_are_refused_without_a_memory_peak() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    attributes = b"<a " + b" ".join(b'a%d="1"' % i for i in range(50_000)) + b"/>"
    spaces = b"<a " + b" ".join(b'xmlns:a%d="u"' % i for i in range(30_000)) + b"/>"
    nested = b"".join(b'<a xmlns:p%d="u">' % i for i in range(60)) * 2 + b"</a>" * 120
    text = b"<a>" + b"x" * 10_500_000 + b"</a>"
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    level = b"<a>" * 65 + b"</a>" * 65
    many = b"<a>" + b"<b/>" * 60_000 + b"</a>"
    name = b"<" + b"n" * 60_000 + b"/>"
    tracemalloc.start()
    for data in (bomb, attributes, spaces, nested, text, deep, level, many, name):
        refused(data, Limits(size=12_000_000, elements=50_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64_000_000


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: text.encode("cp500"),
        lambda text: b'<?xml version="1.0" encoding="ISO-8859-1"?>' + text.encode(),
        lambda text: b"<?xml version='1.0' encoding='UTF-7'?>" + text.encode(),
        lambda text: b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?>" + text.encode(),
        lambda text: text.encode().replace(b"b", b"\xe9"),
        lambda text: text.encode().replace(b"b", b"\xed\xa0\x80"),
        lambda text: text.encode().replace(b"b", b"\xc0\xbc"),
    ],
)
def test_other_encodings_are_refused(encode: Callable[[str], bytes]) -> None:
    assert refused(encode("<a>b</a>")).faults[0].code == "52"


@pytest.mark.parametrize(
    "data", [b"", b" ", b"<a>", b"<a></b>", b"<a/><b/>", b"<a>&x;</a>", b"<a>\x01</a>", b"<a b=1/>"]
)
def test_broken_documents_are_refused_with_a_place(data: bytes) -> None:
    fault = refused(data).faults[0]
    assert (fault.code, fault.line) == ("52", 1)
    assert fault.column >= 1


def test_the_place_of_a_wrong_byte_is_named() -> None:
    with pytest.raises(NotWellFormed) as caught:
        read_text(b"<a>\n<b>ok\xff</b></a>", LIMITS)
    assert (caught.value.faults[0].line, caught.value.faults[0].column) == (2, 6)


def test_a_byte_too_many_is_too_large() -> None:
    assert read_tree(b"<a/>", Limits(size=4)).tag == "a"
    assert isinstance(refused(b"<a/> ", Limits(size=4)), TooLarge)


def test_the_caps_are_exact() -> None:
    limits = Limits(depth=3, elements=4)
    assert read_tree(b"<a><b><c/></b></a>", limits) is not None
    assert isinstance(refused(b"<a><b><c><d/></c></b></a>", limits), TooLarge)
    assert read_tree(b"<a><b/><b/><b/></a>", limits) is not None
    assert isinstance(refused(b"<a><b/><b/><b/><b/></a>", limits), TooLarge)
    assert read_tree(b'<a x="1" y="2"><b/></a>', limits) is not None
    assert isinstance(refused(b'<a x="1" y="2"><b/><b/></a>', limits), TooLarge), "attributes count like elements"
    limits = Limits(attributes=2, scope=2)
    assert read_tree(b'<a x="1" y="=="/>', limits) is not None
    assert isinstance(refused(b'<a x="1" y="2" z="3"/>', limits), TooLarge)
    assert read_tree(b'<a xmlns="u"><b xmlns="v"/><b xmlns="w"/></a>', limits) is not None
    error = refused(b'<a xmlns="u">\n<b xmlns="v"><c xmlns="w"/></b></a>', limits)
    assert (error.faults[0].line, error.faults[0].column) == (2, 14)


@pytest.mark.parametrize("size", [LONGEST_TAG - 1, LONGEST_TAG, LONGEST_TAG + 2, 3 * LONGEST_TAG])
@pytest.mark.parametrize("before", [b"", b"<b/>", b"x" * 100_000])
def test_no_tag_is_longer_than_parsers_should_hold(size: int, before: bytes) -> None:
    tag = b"<c d='>" + b"x" * (size - 9) + b"'/"
    data = b"<a>" + before + tag + b">" + b"x" * 100_000 + b"</a>"
    if len(tag) <= LONGEST_TAG:
        assert read_tree(data, LIMITS).tag == "a"
    else:
        assert "one tag" in refused(data).text


def test_long_texts_comments_and_data_are_no_tags() -> None:
    long = b"=' " * LONGEST_TAG
    read_tree(b"<a>" + long + b"<!--" + long + b"--><![CDATA[" + long + b"]]></a>", LIMITS)


def test_comments_are_kept_only_on_demand() -> None:
    data = b"<a><!--x-->y<?z?></a>"
    assert read_tree(data, LIMITS).text == "y"
    assert len(read_tree(data, LIMITS, keep_comments=True)) == 2


def test_a_byte_order_mark_of_utf8_is_fine() -> None:
    assert read_tree(b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><a/>", LIMITS).tag == "a"


@pytest.mark.parametrize("piece", [b"<!-- -->", b"<?a?>"])
def test_comments_that_are_kept_count_like_elements(piece: bytes) -> None:
    data = b"<a>" + piece * 50 + b"</a>"
    assert len(read_tree(data, Limits(elements=10))) == 0
    assert len(read_tree(data, Limits(elements=51), keep_comments=True)) == 50
    with pytest.raises(TooLarge):
        read_tree(data, Limits(elements=50), keep_comments=True)
