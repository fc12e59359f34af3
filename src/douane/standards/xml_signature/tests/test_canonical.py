"""The default namespace in a prefix list: by the recommendation, beside libxml2, and whatever was parsed before."""

from __future__ import annotations

import random
from typing import Any, cast

import pytest
from lxml import etree

from douane.standards.xml_signature.canonical import DEFAULT, Canonical
from douane.vocabulary.errors import BadSignature

MINE = Canonical(prefixes=(DEFAULT,))
BY_HAND = [
    # The default namespace in scope is declared though no name uses it; without the list it is not.
    (b'<a:x xmlns:a="urn:a" xmlns="urn:d"><a:y/></a:x>', b'<a:y xmlns="urn:d" xmlns:a="urn:a"></a:y>'),
    # Once around, not again within.
    (b'<a:x xmlns:a="urn:a" xmlns="urn:d"><a:y><a:z/><z/></a:y></a:x>',
     b'<a:y xmlns="urn:d" xmlns:a="urn:a"><a:z></a:z><z></z></a:y>'),
    # Another within is declared where it stands, and so is its end (Canonical XML 1.0, 2.3).
    (b'<a:x xmlns:a="urn:a"><a:y xmlns="urn:d"><a:z xmlns="urn:e"/><a:z xmlns=""/></a:y></a:x>',
     b'<a:y xmlns="urn:d" xmlns:a="urn:a"><a:z xmlns="urn:e"></a:z><a:z xmlns=""></a:z></a:y>'),
    # No default namespace around: nothing to end.
    (b'<a:x xmlns:a="urn:a" xmlns="urn:d"><a:y xmlns=""><z/></a:y></a:x>',
     b'<a:y xmlns:a="urn:a"><z></z></a:y>'),
    # Other prefixes stay exclusive.
    (b'<x xmlns="urn:d" xmlns:b="urn:b"><y b:k="1" k="2"><z/></y></x>',
     b'<y xmlns="urn:d" xmlns:b="urn:b" k="2" b:k="1"><z></z></y>'),
]  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), BY_HAND)
def test_the_default_namespace_is_treated_inclusively(document: bytes, expected: bytes) -> None:
    assert MINE.octets(etree.fromstring(document)[0]) == expected


def test_what_was_parsed_before_changes_nothing() -> None:
    """lxml knows ``#default`` as soon as any document of the process has it as a name."""
    document, expected = BY_HAND[0]
    root = etree.fromstring(document)
    before = Canonical().octets(root[0])
    etree.fromstring(f'<x xmlns="{DEFAULT}"/>')
    assert MINE.octets(root[0]) == expected
    assert Canonical().octets(root[0]) == before == b'<a:y xmlns:a="urn:a"></a:y>'


def element(rng: random.Random, depth: int) -> str:
    """An element whose namespaces come, go and come again."""
    spaces = {p: rng.choice(["urn:1", "urn:2", *([""] if not p else [])]) for p in ("", "a", "b") if rng.random() < 0.3}
    parts = [f'xmlns{":" if p else ""}{p}="{u}"' for p, u in spaces.items()]
    parts += rng.sample(["a:k='1'", "k='&lt;&quot;&#9;&#10;&#13;'", "xml:lang='de'", "l=''"], rng.randrange(4))
    rng.shuffle(parts)
    texts = ["t", "&amp;&gt;&#13;", "<![CDATA[<x>]]>", "<!-- gone -->", "<?p q?>", "<?p?>", "\r\n", "&#x1F600;"]
    inner = [
        element(rng, depth - 1) if depth and rng.random() < 0.5 else rng.choice(texts) for _ in range(rng.randrange(4))
    ]
    name = rng.choice(["x", "a:x", "b:y"])
    return f"<{name} {' '.join(parts)}>{''.join(inner)}</{name}>"


def documents(count: int) -> list[bytes]:
    """Documents for every implementation that is compared."""
    rng = random.Random(7)
    heads = ['<a:r xmlns:a="urn:a" xmlns:b="urn:b">', '<a:r xmlns:a="urn:a" xmlns:b="urn:b" xmlns="urn:d">']
    return [f"<?i j?><!--c-->{rng.choice(heads)}{element(rng, 4)}</a:r>\n<?k?>".encode() for _ in range(count)]


@pytest.mark.parametrize("prefixes", [(DEFAULT,), (DEFAULT, "b"), (DEFAULT, "a", "b", "c")])
def test_the_forms_are_those_of_libxml2(prefixes: tuple[str, ...]) -> None:
    etree.fromstring(f'<x xmlns="{DEFAULT}"/>')  # so that lxml hands it on
    compared = 0
    for document in documents(300):
        root = etree.fromstring(document)
        for node in (root.getroottree(), *root.iter(etree.Element)):
            expected = cast("Any", etree).tostring(
                node, method="c14n", exclusive=True, with_comments=False, with_tail=False,
                inclusive_ns_prefixes=list(prefixes),
            )  # fmt: skip
            assert Canonical(prefixes=prefixes).octets(cast("Any", node)) == expected
            compared += 1
    assert compared > 1500


def test_a_relative_namespace_has_no_canonical_form() -> None:
    with pytest.raises(BadSignature):
        MINE.octets(etree.fromstring('<a><b xmlns="relative"/></a>'))
