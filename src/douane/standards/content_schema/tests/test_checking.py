"""Schemas of partners: what they judge, and what they cannot do to us."""

from __future__ import annotations

import time

import pytest

from douane.standards.content_schema.checking import CONTENT_SIZE, check_content, check_schema
from douane.vocabulary.errors import NotValid, NotWellFormed, TooLarge

JSON_SCHEMA = """{"type": "object", "required": ["permit"], "properties": {
    "permit": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"},
    "goods": {"type": "array", "items": {"type": "integer"}}}}"""
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:permits"
    elementFormDefault="qualified">
  <xs:element name="check"><xs:complexType><xs:sequence><xs:element name="permit">
    <xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}[0-9]{4}"/></xs:restriction>
    </xs:simpleType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>"""


def test_json_is_judged_with_every_fault_and_its_place() -> None:
    assert check_content("json", JSON_SCHEMA, '{"permit": "DE0001"}') == {"permit": "DE0001"}
    with pytest.raises(NotValid) as refused:
        check_content("json", JSON_SCHEMA, '{"permit": "x", "goods": [1, "a", "b"]}')
    assert sorted(f.pointer for f in refused.value.faults) == ["/goods/1", "/goods/2", "/permit"]


def test_xml_is_judged_with_the_line() -> None:
    check_content("xml", XSD, '<check xmlns="urn:permits"><permit>DE0001</permit></check>')
    with pytest.raises(NotValid) as refused:
        check_content("xml", XSD, '<check xmlns="urn:permits">\n<permit>de</permit></check>')
    assert {f.line for f in refused.value.faults} == {2}


def test_without_a_schema_only_the_form_counts() -> None:
    assert check_content("json", "", "[1]") == [1]
    for form, body in (("json", "{"), ("xml", "<a>")):
        with pytest.raises(NotWellFormed):
            check_content(form, "", body)


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("json", "[" * 100_000),
        ("json", "[" + "1," * 30_000 + "1]"),
        ("json", '"' + "a" * CONTENT_SIZE + '"'),
        ("xml", f"<a>{'<b/>' * 30_000}</a>"),
    ],
)
def test_what_is_judged_in_a_tick_is_small(form: str, body: str) -> None:
    with pytest.raises(TooLarge):
        check_content(form, "", body)


@pytest.mark.parametrize("schema", [
    '{"$ref": "https://elsewhere.example/schema"}', '{"$ref": "file:///etc/passwd"}', '{"type": "nothing"}', "[]",
    '{"pattern": "(?=a)a"}',
])  # fmt: skip
def test_a_json_schema_that_is_none_or_looks_outside_is_refused(schema: str) -> None:
    with pytest.raises(NotValid):
        check_schema("json", schema)


@pytest.mark.parametrize("inner", [
    '<xs:include schemaLocation="other.xsd"/>', '<xs:import namespace="urn:x" schemaLocation="file:///etc/passwd"/>',
    '<xs:element name="a" type="unknown"/>',
    '<xs:complexType name="a"><xs:sequence><xs:any maxOccurs="999999999"/></xs:sequence></xs:complexType>',
])  # fmt: skip
def test_an_xml_schema_that_is_none_or_looks_outside_is_refused(inner: str) -> None:
    with pytest.raises(NotValid):
        check_schema("xml", f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{inner}</xs:schema>')


def test_entities_are_refused_in_schemas_and_documents() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    for check in (lambda: check_schema("xml", bomb), lambda: check_content("xml", XSD, bomb)):
        with pytest.raises((NotWellFormed, TooLarge)):
            check()


def test_a_pattern_that_explodes_elsewhere_is_linear_here() -> None:
    schema = '{"pattern": "^(a+)+$"}'
    body = '"' + "a" * 50_000 + '!"'
    start = time.process_time()
    with pytest.raises(NotValid):
        check_content("json", schema, body)
    assert time.process_time() - start < 30  # a backtracking matcher would not end
