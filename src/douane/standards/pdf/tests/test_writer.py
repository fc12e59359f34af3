"""Documents that are written are read again by their own table: every object where it is said to stand, every line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.pdf.writer import COLUMNS, LINES, document
from douane.vocabulary.errors import NotWellFormed

NOTE = b"text\n\n\xe2\x80\x94 node sig\n(with ) brackets and endstream\n"


def made(text: str) -> bytes:
    return document(text, title="Letter", language="fr", name="letter.note", attached=NOTE)


def objects(pdf: bytes) -> dict[int, bytes]:
    """Each object, found by the table at the end."""
    table = int(pdf.rpartition(b"startxref\n")[2].split(b"\n")[0])
    rows = pdf[table:].split(b"\n")
    assert rows[0] == b"xref"
    count = int(rows[1].split()[1])
    found = {}
    for number, row in enumerate(rows[3 : 2 + count], start=1):
        place, free = int(row.split()[0]), row.split()[2]
        assert (free, len(row)) == (b"n", 19)
        head = b"%d 0 obj\n" % number
        assert pdf[place : place + len(head)] == head
        found[number] = pdf[place + len(head) :]
    return found


def stream(object: bytes) -> bytes:
    """The content of a stream, by its length."""
    length = int(re.search(rb"/Length ([0-9]+)", object)[1])  # type: ignore[index] # else the test fails
    return object.partition(b"stream\n")[2][:length]


def shown(pdf: bytes) -> list[list[str]]:
    """The lines of each page."""
    found = objects(pdf)
    kids = re.search(rb"/Kids \[([^]]*)\]", found[2])[1]  # type: ignore[index] # else the test fails
    pages = []
    for number in map(int, re.findall(rb"([0-9]+) 0 R", kids)):
        content = int(re.search(rb"/Contents ([0-9]+)", found[number])[1])  # type: ignore[index] # else the test fails
        lines = re.findall(rb"^\((.*)\) Tj T\*$", stream(found[content]), re.MULTILINE)
        pages.append([re.sub(rb"\\([\\()])", rb"\1", each).decode("cp1252") for each in lines])
    return pages


def test_a_letter_is_read_again_with_what_is_attached() -> None:
    text = "Autorité douanière : FR005350\n\nMotifs : (a) l'œuvre \\ 5 €\n"
    pdf = made(text)
    assert pdf.startswith(b"%PDF-1.7\n")
    assert pdf.endswith(b"%%EOF\n")
    assert shown(pdf) == [text.splitlines()]
    assert stream(objects(pdf)[6]) == NOTE
    assert b"/Lang (fr)" in objects(pdf)[1]
    assert pdf == made(text), "the same text gives the same octets"


def test_long_texts_take_several_pages_and_long_lines_are_broken_between_words() -> None:
    text = "\n".join(["word " * 40] * LINES)
    pages = shown(made(text))
    assert len(pages) > 1
    assert all(len(page) <= LINES for page in pages)
    assert all(len(line) <= COLUMNS for page in pages for line in page)
    assert " ".join(line for page in pages for line in page).split() == text.split()


def test_what_the_typeface_cannot_show_is_refused() -> None:
    with pytest.raises(NotWellFormed, match=r"U\+0391"):
        made("Αθήνα")


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), max_size=COLUMNS))
def test_every_text_of_the_typeface_stands_there_as_it_is(text: str) -> None:
    assert shown(made(text)) == ([[text]] if text else [])
