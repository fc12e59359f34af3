"""SOAP envelopes: both versions read, everything else refused with a place; addressing; what is written is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from douane.standards.soap.addressing import ANONYMOUS, Addressing, read_addressing
from douane.standards.soap.addressing import NAMESPACE as WSA
from douane.standards.soap.envelope import (
    Version,
    canonical,
    demand,
    envelope_text,
    fault_text,
    read_envelope,
    version_of,
)
from douane.standards.soap.wsdl import Described, Description, wsdl_text
from douane.vocabulary.errors import BadRequest, DouaneError, NotUnderstood, NotWellFormed, TooLarge

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
ATTACKS = ROOT.parent / "shared/data/attacks/xml"
BOTH = pytest.mark.parametrize("version", list(Version), ids=lambda v: v.name)


@BOTH
def test_an_envelope_gives_its_one_element_and_its_headers(version: Version) -> None:
    data = envelope_text(version, '<a xmlns="urn:a">x</a>', '<h xmlns="urn:h"/>')
    found = read_envelope(data)
    assert (found.version, found.body.tag, [h.tag for h in found.headers]) == (version, "{urn:a}a", ["{urn:h}h"])
    assert canonical(found.body) == b'<a xmlns="urn:a">x</a>'


def test_the_canonical_form_does_not_depend_on_the_envelope() -> None:
    inner = '<p:a xmlns:p="urn:a" b="1"><c>x</c></p:a>'
    one = read_envelope(envelope_text(Version.SOAP11, inner))
    two = read_envelope(envelope_text(Version.SOAP12, f"\n  {inner.replace('<c>', '<c><!--no-->')}\n", "<h/>"))
    assert canonical(one.body) == canonical(two.body) == inner.encode()


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        ("<soap:Body>", "<soap:Body><b/>"), ("<a/>", ""), ("<a/>", "text"), ("soap:Body>", "soap:Corpus>"),
        ("</soap:Envelope>", "<x/></soap:Envelope>"), ("<soap:Body>", "<soap:Body/><soap:Body>"),
        ("<soap:Body><a/></soap:Body>", "<soap:Body><a/></soap:Body><soap:Header/>"), ("Envelope", "Letter"),
    ],
)  # fmt: skip
def test_what_is_no_envelope_of_one_message_is_refused(version: Version, change: tuple[str, str]) -> None:
    data = envelope_text(version, "<a/>").decode().replace(*change)
    with pytest.raises(NotWellFormed) as caught:
        read_envelope(data.encode())
    assert caught.value.faults[0].remedy


def test_another_version_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        read_envelope(envelope_text(Version.SOAP11, "<a/>").replace(b"schemas.xmlsoap.org", b"example.org"))


def test_too_many_headers_are_refused() -> None:
    with pytest.raises(NotWellFormed):
        read_envelope(envelope_text(Version.SOAP11, "<a/>", "<h/>" * 17))


@pytest.mark.skipif(not ATTACKS.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout")
def test_known_attacks_are_refused() -> None:
    for path in ATTACKS.glob("*.xml"):
        with pytest.raises(DouaneError):
            read_envelope(path.read_bytes())


def test_own_attacks_are_refused() -> None:
    head = '<!DOCTYPE a [<!ENTITY b "x">]>'
    whole = envelope_text(Version.SOAP11, "<a/>").decode()
    for data in (
        whole.replace("<soap:Envelope", head + "<soap:Envelope"),
        whole.replace("<a/>", "<a>" * 60 + "</a>" * 60),
        whole.replace("<a/>", "<a " + " ".join(f'b{n}="1"' for n in range(100)) + "/>"),
    ):
        with pytest.raises((NotWellFormed, TooLarge)):
            read_envelope(data.encode())


@BOTH
def test_a_header_for_us_that_must_be_understood_stops_the_call(version: Version) -> None:
    space = version.value
    must = f'<h xmlns="urn:h" xmlns:s="{space}" s:mustUnderstand="{"1" if version is Version.SOAP11 else "true"}"/>'
    with pytest.raises(NotUnderstood):
        demand(read_envelope(envelope_text(version, "<a/>", must)), frozenset())
    demand(read_envelope(envelope_text(version, "<a/>", must)), frozenset({"urn:h"}))
    demand(read_envelope(envelope_text(version, "<a/>", must.replace("1", "0").replace("true", "false"))), frozenset())
    role = "actor" if version is Version.SOAP11 else "role"
    other = must.replace("/>", f' s:{role}="urn:somebody"/>')
    demand(read_envelope(envelope_text(version, "<a/>", other)), frozenset())


@BOTH
def test_a_fault_is_a_fault_of_its_version(version: Version) -> None:
    found = read_envelope(envelope_text(version, fault_text(version, version.sender, "a < b", '<d xmlns="urn:d"/>')))
    text = "".join(map(str, found.body.itertext()))
    assert ("a < b" in text, f"soap:{version.sender}" in text) == (True, True)
    assert found.body.tag == f"{{{version.value}}}Fault"


def test_the_media_type_tells_the_version() -> None:
    assert {version: version_of(version.media) for version in Version} == {version: version for version in Version}


def headers(text: str) -> Addressing:
    return read_addressing(read_envelope(envelope_text(Version.SOAP12, "<a/>", text)).headers)


def wsa(name: str, text: str) -> str:
    return f'<w:{name} xmlns:w="{WSA}">{text}</w:{name}>'


def test_addressing_is_read_and_answered() -> None:
    address = wsa("ReplyTo", f"<w:Address>{ANONYMOUS}</w:Address>")
    found = headers(wsa("Action", "urn:do") + wsa("MessageID", "urn:uuid:1&amp;2") + wsa("To", "x") + address)
    assert found == Addressing("urn:do", "urn:uuid:1&2", "x")
    again = etree.fromstring(f"<h>{found.answer('urn:done')}</h>")
    assert [(e.tag, e.text) for e in again] == [
        (f"{{{WSA}}}Action", "urn:done"), (f"{{{WSA}}}RelatesTo", "urn:uuid:1&2"),
    ]  # fmt: skip
    assert headers("") == Addressing()
    assert Addressing().answer("urn:done") == ""


@pytest.mark.parametrize(
    "text",
    [
        wsa("Action", "urn:a") * 2, wsa("MessageID", "1"),
        wsa("Action", "urn:a") + wsa("ReplyTo", "<w:Address>https://elsewhere.example</w:Address>"),
        wsa("Action", "urn:a") + wsa("FaultTo", "<w:Address>https://elsewhere.example</w:Address>"),
    ],
)  # fmt: skip
def test_addressing_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        headers(text)


def test_a_description_is_well_formed_and_names_everything() -> None:
    operation = Described("do", "{urn:a}do", "{urn:a}doResponse", "urn:a/do", 'Do "it" & more')
    made = Description(
        "things",
        "urn:a",
        "https://localhost/x?a&b",
        "Things",
        (("urn:a", "t"), ("urn:f", "f")),
        "{urn:f}p",
        (operation,),
    )
    root = etree.fromstring(wsdl_text(made))
    assert len(root.findall(".//{*}port")) == 2
    assert {e.get("location") for e in root.iter("{*}address")} == {made.address}
    assert {p.get("element") for p in root.iter("{*}part")} == {"tns:do", "tns:doResponse", "s1:p"}
