"""Shapes of hostile and of large valid input, by form, each as large as it is asked for: for measurements and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from bench.edifact import HEADER, REPERTOIRE
from bench.messages import eori
from douane.applications.transit.tests import base_declarations as base
from douane.standards.edifact import interchange as edifact
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.legacy import records, segments

Make = Callable[[int], bytes]
"""A body of about so many octets, never more."""
ITEMS = 1_999
ITEMS_OF_A_HOUSE = 999


def filled(head: bytes, piece: bytes, tail: bytes, size: int) -> bytes:
    """As many pieces between head and tail as fit into a size."""
    return head + piece * ((size - len(head) - len(tail)) // len(piece)) + tail


def xml(head: bytes, tail: bytes, known: bytes) -> Mapping[str, Make]:
    """XML between a head and a tail. ``known``: an element that may stand there once."""

    def piece(what: bytes) -> Make:
        return lambda size: filled(head, what, tail, size)

    def deep(size: int) -> bytes:
        levels = (size - len(head) - len(tail)) // 7
        return head + b"<a>" * levels + b"</a>" * levels + tail

    def spaces(size: int) -> bytes:
        count = (size - len(head) - len(tail) - 9) // 18
        return head + b"<a" + b"".join(b' xmlns:b%06d="u"' % n for n in range(count - 1)) + b"/>" + tail

    def attributes(size: int) -> bytes:
        count = (size - len(head) - len(tail) - 9) // 11
        return head + b"<a" + b"".join(b' b%06d=""' % n for n in range(count - 1)) + b"/>" + tail

    eight = b"<a " + b" ".join(b'a%d="1"' % n for n in range(8)) + b"/>"
    shells = b"<a>" * 20 + b"</a>" * 20
    return {
        "unknown elements": piece(b"<a/>"),
        "unknown elements with attributes": piece(eight),
        "unknown elements with texts": piece(b"<a>x</a>"),
        "unknown elements, 20 deep": piece(shells),
        "a known element again and again": piece(known),
        "deep": deep,
        "attributes of one element": attributes,
        "namespaces of one element": spaces,
        "namespaces of many elements": piece(b'<a xmlns="u"><b xmlns="v"/></a>'),
        "text": lambda size: filled(head + b"<a>", b"x", b"</a>" + tail, size),
        "text of wide characters": lambda size: filled(head + b"<a>", "\U0001f4e6".encode(), b"</a>" + tail, size),
        "blanks": piece(b" \n"),
        "comments": piece(b"<!-- -->"),
        "character references": piece(b"&#65;"),
        "entity references": lambda size: filled(head + b"<a>", b"&amp;", b"</a>" + tail, size),
        "instructions": piece(b"<?a?>"),
        "CDATA": piece(b"<![CDATA[]]>"),
        "cut off": lambda size: filled(head, b"<a>", b"", size),
    }


NCTS_HEAD = b'<ncts:CC015C xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
NCTS = xml(NCTS_HEAD, b"</ncts:CC015C>", b"<messageSender>A</messageSender>")


def declaration(items: int = ITEMS, *, documents: int = 1) -> p5.CC015C:
    """A declaration of so many goods items, in houses of at most 999, each item with so many documents."""
    houses = -(-items // ITEMS_OF_A_HOUSE)
    message = base.normal(houses, min(items, ITEMS_OF_A_HOUSE))
    left = items
    found = []
    for house in message.consignment.house_consignment:
        kept = tuple(_documented(item, documents) for item in house.consignment_item[:left])
        left -= len(kept)
        if kept:
            found.append(replace(house, consignment_item=kept))
    mass = sum((item.commodity.goods_measure.gross_mass or Decimal(0) for house in found
                for item in house.consignment_item if item.commodity.goods_measure), Decimal(0))  # fmt: skip
    return replace(message, consignment=replace(message.consignment, gross_mass=mass, house_consignment=tuple(found)))


def written(message: p5.CC015C) -> bytes:
    """A declaration as the first trader of the measurement lodges it."""
    return p5.write(message).replace(base.TRADER.encode(), eori(0).encode())


def _documented(item: p5.ConsignmentItem09, count: int) -> p5.ConsignmentItem09:
    (one,) = item.supporting_document
    return replace(item, supporting_document=tuple(replace(one, sequence_number=n) for n in range(1, count + 1)))


def valid_ncts(size: int) -> bytes:
    """A valid declaration of 1,999 items, with as many documents as fit."""
    plain = p5.write(declaration())
    more = (len(p5.write(declaration(12, documents=3))) - len(p5.write(declaration(12, documents=2)))) * ITEMS // 12
    return written(declaration(documents=min(99, 1 + max(0, size - len(plain)) // (more + 1))))


def _other(change: Callable[[bytes], bytes]) -> Make:
    return lambda size: change(valid_ncts(size - 4096))


VALID_NCTS: Mapping[str, Make] = {
    "valid, 1,999 items": lambda _size: written(declaration()),
    "valid, as large as can be": valid_ncts,
    "valid, in an unusual form": _other(lambda data: data.replace(b"<LRN>", b"<!-- --><LRN>")),
    "a fault in its last item": _other(lambda data: b"<goodsItemNumber>x".join(data.rsplit(b"<goodsItemNumber>", 1))),
    "a fault in every item": lambda size: valid_ncts(size - 4096).replace(b"<goodsItemNumber>", b"<goodsItemNumber>x"),
}

JSON: Mapping[str, Make] = {
    "keys": lambda size: filled(b"{", b'"aaaaaaa":1,', b'"b":1}', size),
    "different keys": lambda size: b"{" + b",".join(b'"%07d":1' % n for n in range((size - 2) // 12)) + b"}",
    "items": lambda size: filled(b'{"items":[', b"{},", b"{}]}", size),
    "lists": lambda size: filled(b"[", b"[],", b"[]]", size),
    "deep": lambda size: b"[" * (size // 2) + b"]" * (size // 2),
    "text": lambda size: filled(b'{"a":"', b"x", b'"}', size),
    "text of signs": lambda size: filled(b'{"a":"', b"[,{", b'"}', size),
    "escapes": lambda size: filled(b'{"a":"', b"\\u0041", b'"}', size),
    "a number": lambda size: filled(b'{"items":', b"9", b"}", size),
    "texts": lambda size: filled(b"[", b'"",', b'""]', size),
    "blanks": lambda size: filled(b"{", b" ", b"}", size),
    "cut off": lambda size: filled(b"{", b'"a":{', b"", size),
}


def multipart(message: bytes, media: bytes = b"application/xml") -> Mapping[str, Make]:
    """Multipart bodies (boundary ``part``) around a message."""
    first = b"--part\r\nContent-Type: " + media + b"\r\n\r\n" + message + b"\r\n"

    def small(size: int) -> bytes:
        piece = b"--part\r\nContent-ID: <a%07d@b>\r\n\r\nx\r\n"
        return first + b"".join(piece % n for n in range((size - len(first)) // 40)) + b"--part--\r\n"

    def sixty(size: int) -> bytes:
        each = bytes((size - len(first)) // 62 - 60)
        return (
            first
            + b"".join(b"--part\r\nContent-ID: <%d@b>\r\n\r\n" % n + each + b"\r\n" for n in range(62))
            + b"--part--\r\n"
        )

    head = first + b"--part\r\n"
    return {
        "many parts": small,
        "62 parts": sixty,
        "headers": lambda size: filled(head, b"Content-Type: a/b\r\n", b"\r\n\r\n--part--\r\n", size),
        "a header": lambda size: filled(head + b"Content-Type: ", b"a", b"\r\n\r\n\r\n--part--\r\n", size),
        "before the first part": lambda size: filled(b"", b"x\r\n", first + b"--part--\r\n", size),
        "almost boundaries": lambda size: filled(head + b"\r\n", b"\r\n--par", b"\r\n--part--\r\n", size),
    }


def _interchange(inside: Callable[[int], bytes]) -> Make:
    data = edifact.write(HEADER, [segments.write(declaration(1), REPERTOIRE)[0]])
    at = data.index(b"UNT+")
    return lambda size: data[:at] + inside(size - len(data)) + data[at:]


_UNB = b"UNB+UNOC:3+NTA.FR+NTA.DE+261124:1200+R1'"
EDIFACT: Mapping[str, Make] = {
    "valid, 999 items": lambda _size: edifact.write(HEADER, [segments.write(declaration(999), REPERTOIRE)[0]]),
    "segments": _interchange(lambda size: b"FTX'" * (size // 4)),
    "data elements": _interchange(lambda size: b"FTX" + b"+" * (size - 4) + b"'"),
    "components": _interchange(lambda size: b"FTX+" + b":" * (size - 5) + b"'"),
    "a component": _interchange(lambda size: b"FTX+" + b"x" * (size - 5) + b"'"),
    "released signs": _interchange(lambda size: b"FTX+" + b"?+" * (size // 2 - 3) + b"'"),
    "messages": lambda size: filled(_UNB, b"UNH+1+X'UNT+2+1'", b"UNZ+1+R1'", size),
    "blanks": _interchange(lambda size: b"\r\n" * (size // 2)),
    "wrong characters": _interchange(lambda size: b"FTX+\x01\xff'" * (size // 7)),
}  # fmt: skip


def _file(change: Callable[[list[bytes], int], list[bytes]]) -> Make:
    lines = records.write(declaration(1), REPERTOIRE)[0].split(b"\n")
    return lambda size: b"\n".join(change(lines, size))


def _rows(piece: Callable[[list[bytes]], bytes]) -> Make:
    """A file with a row again and again behind its first message row."""
    return _file(
        lambda lines, size: [*lines[:2], *[piece(lines)] * ((size - 9_000) // (len(piece(lines)) + 1)), *lines[2:]]
    )


RECORDS: Mapping[str, Make] = {
    "valid, 999 items": lambda _size: records.write(declaration(999), REPERTOIRE)[0],
    "unknown rows": _rows(lambda _lines: b"XXX1"),
    "a row again and again": _rows(lambda lines: lines[1]),
    "empty rows": _rows(lambda _lines: b""),
    "a long row": _file(lambda lines, size: [lines[0], lines[1] + b"x" * (size - 9_000), *lines[2:]]),
}
