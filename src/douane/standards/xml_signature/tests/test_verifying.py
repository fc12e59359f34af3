"""What is signed verifies, with every algorithm; what was changed, moved, doubled or weakened is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import etree

from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature import names
from douane.standards.xml_signature.attachments import ContentDigest
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import DOCUMENTS, Policy, read_signature
from douane.standards.xml_signature.signing import Digested, sign_enveloped, signature, signed_info
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.verifying import Signed, verify, verify_enveloped
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, SenderFault

ALGORITHMS = {
    names.RSA_SHA256: "rsa",
    names.RSA_SHA512: "rsa",
    names.ECDSA_SHA256: "p256",
    names.ECDSA_SHA384: "p384",
    names.ECDSA_SHA512: "p521",
    names.ED25519: "ed25519",
}
MESSAGES = Policy(frozenset(ALGORITHMS), attachments=True, references=8, local=4)
DOCUMENT = b'<a xmlns="urn:a" xmlns:p="urn:p" xmlns:q="urn:q"><b Id="b" p:x="1">text &amp; more</b><c Id="c"/></a>'
PART = b"\x1f\x8b octets"


def signed_document(method: str = names.RSA_SHA256, kind: str = "rsa") -> bytes:
    root = etree.fromstring(DOCUMENT)
    things = [Digested.element(e.get("Id", ""), EXCLUSIVE.octets(e)) for e in root]
    content = ContentDigest("application/gzip", {names.SHA256})
    content.update(PART)
    things.append(Digested.attachment("part 1@host", content.values()[names.SHA256]))
    text = signature(things, key=end(kind).signing, method=method, key_info="", id="sig")
    return DOCUMENT.replace(b"</a>", text.encode() + b"</a>")


def check(document: bytes, kind: str = "rsa", part: bytes = PART, policy: Policy = MESSAGES) -> Signed:
    root = read_tree(document, Limits())
    element = root.find(f"{{{names.DS}}}Signature")
    assert element is not None
    read = read_signature(element, policy)
    content = ContentDigest("application/gzip", {names.SHA256})
    content.update(part)
    return verify(read, end(kind).public, ids=identified(root), attachments={"part 1@host": content.values()})


@pytest.mark.parametrize(("method", "kind"), ALGORITHMS.items(), ids=lambda each: each.rpartition("#")[2])
def test_every_algorithm_signs_and_verifies(method: str, kind: str) -> None:
    signed = check(signed_document(method, kind), kind)
    assert [e.tag for e in signed.elements] == ["{urn:a}b", "{urn:a}c"]
    assert signed.attachments == {"part 1@host"}


def test_a_brainpool_curve_verifies() -> None:
    assert check(signed_document(names.ECDSA_SHA256, "bp256"), "bp256").attachments


def test_the_nodes_that_come_back_are_those_of_the_tree() -> None:
    root = read_tree(signed_document(), Limits())
    content = ContentDigest("application/gzip", {names.SHA256})
    content.update(PART)
    signed = verify(
        read_signature(root[2], MESSAGES), end("rsa").public, ids=identified(root),
        attachments={"part 1@host": content.values()},
    )  # fmt: skip
    assert signed.elements[0] is root[0]
    assert signed.covers(root[1])
    assert not signed.covers(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.replace(b"text", b"texT"),
        lambda d: d.replace(b'p:x="1"', b'p:x="2"'),
        lambda d: d.replace(b'p:x="1"', b'p:x="1" y=""'),
        lambda d: d.replace(b"urn:p", b"urn:P"),
        lambda d: d.replace(b"<c ", b"<d ").replace(b"<c/>", b"<d/>"),
        lambda d: d.replace(b'<c Id="c"/>', b'<c Id="c"><e/></c>'),
        lambda d: d.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"),
        lambda d: d.replace(b"#c", b"#d"),
        lambda d: d.replace(b'<c Id="c"/>', b'<c Id="c"/><b ID="b"/>'),
        lambda d: d.replace(b'<c Id="c"/>', b'<c Id="c" xml:id="b"/>'),
        lambda d: d.replace(b'<c Id="c"/>', b'<c xmlns:u="%s" Id="c" u:Id="b"/>' % names.WSU.encode()),
        lambda d: d.replace(b"part%201", b"part%202"),
        lambda d: d.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue>*"),
    ],
)
def test_a_change_is_refused(change: Callable[[bytes], bytes]) -> None:
    document = signed_document()
    assert change(document) != document
    with pytest.raises(BadSignature):
        check(change(document))


def test_a_changed_part_is_refused() -> None:
    with pytest.raises(BadSignature, match="changed after"):
        check(signed_document(), part=PART + b"!")


def test_another_key_is_refused() -> None:
    with pytest.raises(BadSignature):
        check(signed_document(), "rsa2")


def test_a_key_of_another_kind_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(AlgorithmRefused, match="does not sign under"):
        check(signed_document(), "p256")


def test_an_ecdsa_value_in_der_is_refused() -> None:
    from base64 import b64decode, b64encode

    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    document = signed_document(names.ECDSA_SHA256, "p256")
    head, _, rest = document.partition(b"<ds:SignatureValue>")
    value, _, tail = rest.partition(b"<")
    raw = b64decode(value)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    with pytest.raises(BadSignature, match="fixed width"):
        check(head + b"<ds:SignatureValue>" + b64encode(der) + b"<" + tail, "p256")


EXC = names.EXCLUSIVE.encode()
METHOD, TRANSFORM = b'CanonicalizationMethod Algorithm="%s"', b'Transform Algorithm="%s"'
WEAK = [
    (names.RSA_SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    (names.RSA_SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
    (names.RSA_SHA256.encode(), b""),
    (names.SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#sha1"),
    (METHOD % EXC, METHOD % names.INCLUSIVE.encode()),
    (TRANSFORM % EXC, TRANSFORM % names.INCLUSIVE.encode()),
    (TRANSFORM % EXC, TRANSFORM % b"http://www.w3.org/TR/1999/REC-xslt-19991116"),
    (TRANSFORM % EXC, TRANSFORM % b"http://www.w3.org/TR/1999/REC-xpath-19991116"),
    (TRANSFORM % EXC, TRANSFORM % names.ENVELOPED.encode()),
    (names.CONTENT_SIGNATURE.encode(), names.EXCLUSIVE.encode()),
    (b'URI="#c"', b'URI=""'),
    (b'URI="#c"', b'URI="http://127.0.0.1/secret"'),
    (b'URI="#c"', b'URI="file:///etc/passwd"'),
    (b'URI="#c"', b'URI="#xpointer(/)"'),
    (b' URI="#c"', b""),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), WEAK)
def test_what_the_policy_does_not_name_is_refused_before_canonicalisation(good: bytes, bad: bytes) -> None:
    root = read_tree(signed_document().replace(good, bad), Limits())
    with pytest.raises(AlgorithmRefused) as caught:
        read_signature(root[2], MESSAGES)
    assert caught.value.remedy


def test_a_prefix_list_is_honoured_up_to_sixteen() -> None:
    def with_list(count: int) -> bytes:
        prefixes = " ".join(["q", "#default", *(f"p{n}" for n in range(count - 2))])
        inner = f'<ec:InclusiveNamespaces xmlns:ec="{names.EXCLUSIVE}" PrefixList="{prefixes}"/>'
        root = etree.fromstring(DOCUMENT)
        octets = etree.tostring(
            root[0], method="c14n", exclusive=True, inclusive_ns_prefixes=prefixes.split(), with_tail=False
        )
        assert b"urn:q" in octets
        plain = '"http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
        info = signed_info([Digested.element("b", octets)], names.ED25519)
        info = info.replace(plain, plain.replace("></", f">{inner}</"))
        key = end("ed25519").key
        assert isinstance(key, Ed25519PrivateKey)
        value = key.sign(EXCLUSIVE.octets(etree.fromstring(info)))
        from base64 import b64encode

        text = f'<ds:Signature xmlns:ds="{names.DS}">{info}<ds:SignatureValue>{b64encode(value).decode()}'
        return DOCUMENT.replace(b"</a>", text.encode() + b"</ds:SignatureValue></ds:Signature></a>")

    assert check(with_list(16), "ed25519").elements
    with pytest.raises(AlgorithmRefused, match="prefix list of 17"):
        check(with_list(17), "ed25519")


def test_too_many_references_and_the_same_twice_are_refused() -> None:
    things = [Digested.attachment(f"p{n}", b"\0" * 32) for n in range(9)]
    for wanted, some in ((AlgorithmRefused, things), (BadSignature, things[:1] * 2)):
        text = signature(some, key=end("rsa").signing, method=names.RSA_SHA256, key_info="", id="s")
        with pytest.raises(wanted):
            read_signature(etree.fromstring(text), MESSAGES)
    elements = [Digested.element(f"e{n}", b"") for n in range(5)]
    text = signature(elements, key=end("rsa").signing, method=names.RSA_SHA256, key_info="", id="s")
    with pytest.raises(AlgorithmRefused, match="references to elements"):
        read_signature(etree.fromstring(text), MESSAGES)


def test_a_relative_namespace_is_a_signature_that_does_not_hold() -> None:
    document = signed_document().replace(b'<c Id="c"/>', b'<c Id="c"><r:e xmlns:r="relative"/></c>')
    with pytest.raises(BadSignature):
        check(document)


def test_white_space_is_allowed_where_it_means_nothing() -> None:
    """In base64, between elements outside the signed info, in the signature's own children."""
    root = read_tree(signed_document(), Limits())
    element = root[2]
    element.text, element[0].tail, element[1].tail = "\n  ", "\n  ", "\n"
    value = element[1].text or ""
    element[1].text = "\n" + "\n".join(value[n : n + 64] for n in range(0, len(value), 64)) + "\n"
    assert check(etree.tostring(root)).elements


def test_our_text_is_already_canonical() -> None:
    things = [Digested.element('a"<&>', b""), Digested.attachment("ü 1@host", b"\0" * 32)]
    text = signed_info(things, names.ED25519).encode()
    assert EXCLUSIVE.octets(etree.fromstring(text)) == text


def test_a_document_signed_whole() -> None:
    root = read_tree(DOCUMENT, Limits(), keep_comments=True)
    before = etree.tostring(root)
    sign_enveloped(root, key=end("ed25519").signing, method=names.ED25519)
    sent = etree.tostring(root)
    again = read_tree(sent, Limits(), keep_comments=True)
    assert etree.tostring(verify_enveloped(again, end("ed25519").public, DOCUMENTS)) == before
    for bad in (
        sent.replace(b"text", b"Text"),
        sent.replace(b'<c Id="c"', b'<c Id="d"'),
        b"<w>" + sent + b"</w>",
        sent.replace(b"</a>", b"<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/></a>"),
    ):
        with pytest.raises(SenderFault):
            verify_enveloped(read_tree(bad, Limits()), end("ed25519").public, DOCUMENTS)


def test_a_signature_of_a_part_is_not_one_of_the_whole() -> None:
    root = read_tree(DOCUMENT, Limits())
    things = [Digested.element("b", EXCLUSIVE.octets(root[0]))]
    text = signature(things, key=end("rsa").signing, method=names.RSA_SHA256, key_info="", id="s")
    root.append(etree.fromstring(text))
    with pytest.raises(BadSignature, match="whole document"):
        verify_enveloped(root, end("rsa").public, DOCUMENTS)
