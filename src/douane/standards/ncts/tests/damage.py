"""Seeded damage to valid messages: one change or two, of every sort that a schema judges."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from lxml import etree

ODD = ("\u00e9", "\u00a0", "\u180e", "\u2028", "\U0001f4e6", *"&<>\"'\t\n ", "]]>", "\x7f", "\x85")
NUMBERS = ("0", "1", "00", "-1", "1.", ".5", "0.0000001", "1.50000000", "12345678901234567", "1e3", "+1", "99999")
TIMES = ("2024-02-30", "0000-01-01", "2024-12-31T24:00:00", "2024-12-31T23:59:60", "2023-02-28T00:00:00Z", "2024-1-1")
Change = Callable[[etree._Element, random.Random], None]


def nodes(root: etree._Element) -> list[etree._Element]:
    return [node for node in root.iter(etree.Element) if node is not root]


def leaves(root: etree._Element) -> list[etree._Element]:
    return [node for node in nodes(root) if len(node) == 0]


def parent_of(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def drop(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    parent_of(node).remove(node)


def repeat(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    for _ in range(rng.choice((1, 1, 2, 9, 99))):
        node.addnext(etree.fromstring(etree.tostring(node, with_tail=False)))


def swap(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    after = node.getnext()
    if after is not None:
        after.addnext(node)


def order(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    parent = parent_of(node)
    parent.remove(node)
    parent.insert(rng.randint(0, len(parent)), node)


def elsewhere(root: etree._Element, rng: random.Random) -> None:
    rng.choice(nodes(root)).append(etree.fromstring(etree.tostring(rng.choice(nodes(root)), with_tail=False)))


def overlong(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    text = node.text or "1"
    node.text = text + text[-1] * rng.choice((1, 2, 5, 40, 600))


def shorten(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    text = node.text or ""
    node.text = text[: rng.randint(0, max(len(text) - 1, 0))]


def charset(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    text = node.text or ""
    at = rng.choice((0, len(text), rng.randint(0, len(text))))
    node.text = text[:at] + rng.choice(ODD) + text[at + rng.randint(0, 1) :]


def pattern(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    text = node.text or "0"
    at = rng.randrange(len(text))
    node.text = text[:at] + rng.choice("0129AZaz.-+:T ") + text[at + 1 :]


def number(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    node.text = rng.choice(NUMBERS + TIMES)


def blanks(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(leaves(root))
    node.text = rng.choice((" ", "\n", "\t ", "")) + (node.text or "") + rng.choice(("", " ", "\n  "))


def rename(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    names = (node.tag + "X", node.tag.swapcase(), "{http://ncts.dgtaxud.ec}" + node.tag, "referenceNumber")
    node.tag = rng.choice(names)


def attribute(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice([root, *nodes(root)])
    name = rng.choice(("PhaseID", "id", "{urn:x}a", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"))
    node.set(name, rng.choice(("NCTS5.1", "NCTS5.0", " NCTS5.1", "NCTS6", "")))


def stray_text(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice([root, *nodes(root)])
    node.tail = rng.choice(("x", " ", "\n\t")) if node is not root else None


def comment(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice([root, *nodes(root)])
    node.insert(0, etree.Comment("seen"))
    node[0].tail = rng.choice(("", "a", " "))


def empty(root: etree._Element, rng: random.Random) -> None:
    node = rng.choice(nodes(root))
    for child in list(node):
        node.remove(child)
    node.text = rng.choice((None, "", "x"))


CHANGES: tuple[Change, ...] = (
    drop, repeat, swap, order, elsewhere, overlong, shorten, charset, pattern, number, blanks, rename, attribute,
    stray_text, comment, empty,
)  # fmt: skip


def damaged(
    seed: int, names: Sequence[str], sample: Callable[[str, int], object], write: Callable[..., bytes]
) -> tuple[str, bytes]:
    """A message after one change, or two, and what was done to it."""
    rng = random.Random(seed)
    root = etree.fromstring(write(sample(rng.choice(names), rng.randint(0, 10_000))))
    done = []
    for _ in range(rng.choice((1, 1, 2))):
        change = rng.choice(CHANGES)
        if leaves(root):
            change(root, rng)
            done.append(change.__name__)
    return " ".join(done), etree.tostring(root, encoding="UTF-8", pretty_print=rng.random() < 0.3)
