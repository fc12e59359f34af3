"""Expressions in the dialect of XML Schema accept what Python's accept; libxml2 is the judge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from douane.standards.xml_schema.expressions import xsd_pattern, xsd_whole
from douane.standards.xml_schema.parts import Complex, Element, Schema, Simple
from douane.standards.xml_schema.writing import document, schema_text
from douane.vocabulary.errors import DeclarationFault

EXPRESSIONS = (
    r"\A[A-Z]{2}[A-Z0-9]{6}\Z", r"\A[!-~]{1,22}\Z", r"a|b", r"\A(?:a|b)\Z", r"\A[\w.+-]+@[^@.]+\.[a-z]{2,}\Z",
    r"\A\d{2,3}\.\d\Z", r"[-a]", r"\A[a\-z]\Z", r"\A[^a^]\Z", r"\A[]a]\Z", r"\A[\x00-\x7f]+\Z", r"\A\^\$\/\Z",
    r"\A\w+\W\Z", r"\A(a(b)?)*\Z", r"\A[{(*+?]\Z", r"\A[\t\n]b\Z", r"\A\S+ \S+\Z",
)  # fmt: skip


def judge(pattern: str) -> etree.XMLSchema:
    schema = Schema("urn:x", (Element("a", Complex("", (Element("b", Simple("string", (("pattern", pattern),))),))),))
    return etree.XMLSchema(etree.fromstring(document(schema_text(schema))))


def accepts(schema: etree.XMLSchema, text: str) -> bool:
    root = etree.Element("{urn:x}a")
    etree.SubElement(root, "{urn:x}b").text = text
    return schema.validate(root)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_both_dialects_accept_the_same(expression: str) -> None:
    schema, ours = judge(xsd_pattern(expression)), re.compile(expression)

    @settings(max_examples=80, deadline=None)
    @given(st.one_of(st.from_regex(ours), st.text("ab@.-_^$/]{(*+?\t 09AZxyz~", max_size=9)))
    def same(text: str) -> None:
        if not re.search("[\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff\ufffe\uffff]|[^\x00-\x7f]", text):
            assert accepts(schema, text) == bool(ours.search(text)), text

    same()


@pytest.mark.parametrize(
    "expression",
    [
        r"\A(?=a)b\Z",
        r"\A(?<!a)b\Z",
        r"\Aa*?\Z",
        r"\Aa++\Z",
        r"\A(a)\1\Z",
        r"\Aa\bb\Z",
        r"\Aa^b\Z",
        r"\Aa|b\Z",
        r"\A[\W]\Z",
    ],
)
def test_what_xml_schema_cannot_say_is_refused(expression: str) -> None:
    with pytest.raises(DeclarationFault):
        xsd_pattern(expression)


def test_a_whole_expression_needs_no_anchors() -> None:
    assert xsd_whole("(?:a|b)c") == "(a|b)c"
