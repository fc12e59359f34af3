"""The root element is told from the first tag, whatever stands before it and however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.xml.root import HEAD, Root, root_name, root_of

SPACE = "http://ncts.dgtaxud.ec"


@pytest.mark.parametrize(
    ("document", "root"),
    [
        (b"<a/>", Root("", "a")),
        (b"<a></a>", Root("", "a")),
        (b'<n:CC015C xmlns:n="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1"><x/>', Root(SPACE, "CC015C")),
        (b"<?xml version='1.0'?>\n<!-- <b> --><CC015C xmlns='http://ncts.dgtaxud.ec'>", Root(SPACE, "CC015C")),
        (b"\xef\xbb\xbf<a b='1>2' xmlns = \"u\" >", Root("u", "a")),
        (b"<n:a xmlns:m='u'>", None),
        (b"<n:a xmlns='u' xmlns:n='v'>", Root("v", "a")),
        (b"<a b=1 xmlns='u'>", None),
        (b"{}", None),
        (b"", None),
        (b"<!-- " + b"x" * HEAD + b" --><a>", None),
        (b"<!DOCTYPE a><a>", None),
    ],
)
def test_the_root_is_told(document: bytes, root: Root | None) -> None:
    assert root_of(document) == root


@pytest.mark.parametrize(
    ("document", "name"),
    [(b"<n:CC015C", "CC015C"), (b"<?xml version='1.0'?><!-- --><CC015C a=", "CC015C"), (b"{}", ""), (b"", "")],
)
def test_the_name_is_told_of_a_tag_that_breaks_off(document: bytes, name: str) -> None:
    assert root_name(document) == name


@given(st.binary(max_size=200))
def test_any_octets_are_answered(document: bytes) -> None:
    root_of(document)
    root_name(document)
