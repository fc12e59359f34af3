"""Every parser refuses every hostile shape within its bounds: faults that are named, elements that are read.

Counts, not times; what it costs others is measured by ``python -m bench parsers``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bench import shapes
from bench.shapes import Make
from douane.channels.csi_folder.translation import Agreed
from douane.channels.csi_folder.translation import read as read_file
from douane.runtime.catalogue.elements import Elements
from douane.standards.as4.reading import read_envelope as read_as4
from douane.standards.mime.reading import Limits, Splitter
from douane.standards.ncts import phase5, phase6
from douane.standards.soap.envelope import read_envelope as read_soap
from douane.standards.xml.reading import Limits as XmlLimits
from douane.standards.xml.reading import read_tree
from douane.vocabulary.errors import NotValid, SenderFault
from douane.vocabulary.faults import COUNTED, NAMED, Faults, shortened

SIZE = 400_000
WITHIN = {"text", "text of wide characters", "blanks", "comments", "character references", "entity references",
          "instructions", "CDATA"}  # fmt: skip
"""Shapes that a generic reader takes: they cost no more than they weigh."""


def refusal(read: Callable[[bytes], object], data: bytes) -> SenderFault | None:
    found = None
    try:
        read(data)
    except SenderFault as problem:
        found = problem
    assert found is None or len(found.faults) <= NAMED
    assert found is None or found.faults or found.remedy
    return found


@pytest.mark.parametrize("shape", shapes.NCTS)
@pytest.mark.parametrize("family", [phase5, phase6], ids=["phase5", "phase6"])
def test_no_shape_is_a_message(family: object, shape: str) -> None:
    read: Callable[[bytes], object] = family.read  # type: ignore[attr-defined]  # both families have it
    assert refusal(read, shapes.NCTS[shape](SIZE)) is not None


def in_soap(data: bytes) -> object:
    head = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x>'
    return read_soap(head + data + b"</x></s:Body></s:Envelope>")


def in_as4(data: bytes) -> object:
    head = b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>'
    return read_as4(head + data + b"</s:Header><s:Body/></s:Envelope>")


def as_element(data: bytes) -> object:
    return Elements(()).read(b"<x>" + data + b"</x>")


def as_tree(data: bytes) -> object:
    return read_tree(b"<x>" + data + b"</x>", XmlLimits(elements=10_000), keep_comments=True)


INNER: Mapping[str, Make] = shapes.xml(b"", b"", b"<a/>")


@pytest.mark.parametrize("shape", INNER)
@pytest.mark.parametrize("read", [in_soap, in_as4, as_element, as_tree])
def test_no_tree_is_made_of_what_weighs_more_than_it_says(read: Callable[[bytes], object], shape: str) -> None:
    found = refusal(read, INNER[shape](SIZE))
    if read is as_tree:
        assert (found is None) == (shape in WITHIN - {"comments", "instructions"})
    elif read is in_soap:  # at its own size it refuses these; here they are within its elements
        assert found is None or shape not in WITHIN
    else:
        assert found is not None


@pytest.mark.parametrize("shape", shapes.JSON)
def test_no_shape_is_a_message_in_json(shape: str) -> None:
    assert refusal(lambda data: phase5.from_json(phase5.CC015C, data), shapes.JSON[shape](2 * SIZE)) is not None


@pytest.mark.parametrize("form", ["EDIFACT", "RECORDS"])
def test_no_file_is_answered_by_more_than_a_hundred_faults(form: str) -> None:
    for shape, make in getattr(shapes, form).items():
        found = read_file(make(SIZE), Agreed("FR"))
        for problem in (found.refusal, *(each.refusal for each in found.items)):
            assert problem is None or len(problem.faults) <= NAMED, shape


@pytest.mark.parametrize("shape", ["many parts", "headers", "a header", "before the first part"])
def test_parts_are_bounded(shape: str) -> None:
    def read(data: bytes) -> object:
        return list(Splitter(b"part", Limits()).feed(data))

    assert refusal(read, shapes.multipart(b"<a/>")[shape](SIZE)) is not None


def test_the_largest_valid_declaration_is_read() -> None:
    data = shapes.written(shapes.declaration())
    message = phase5.read(data)
    assert isinstance(message, phase5.CC015C)
    assert sum(len(each.consignment_item) for each in message.consignment.house_consignment) == shapes.ITEMS
    assert phase5.read(data.replace(b"<LRN>", b"<!-- --><LRN>")) == message
    assert phase5.from_json(phase5.CC015C, phase5.to_json(message)) == message
    with pytest.raises(NotValid) as refused:
        phase5.read(data.replace(b"<goodsItemNumber>", b"<goodsItemNumber>x"))
    assert len(refused.value.faults) == NAMED


@pytest.mark.parametrize("count", [0, 1, NAMED, NAMED + 1, COUNTED - 1, COUNTED, COUNTED + 500])
def test_as_many_faults_as_are_named_or_one_that_says_how_many_are_left_out(count: int) -> None:
    faults = Faults("/X")
    for n in range(count):
        faults.add(f"/X/{n}", "12", "Mend it.")
    named = faults.named()
    assert len(named) == min(count, NAMED)
    if count > NAMED:
        assert str(count - NAMED + 1) in named[-1].remedy
        assert ("or more" in named[-1].remedy) == (count >= COUNTED)
    assert shortened(named, len(named)) == named
