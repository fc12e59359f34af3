"""A text as a PDF 1.7 (ISO 32000-1): pages A4 in a typeface that every reader has, and one file attached.

The same text gives the same octets: no dates, no random identifiers. What the typeface cannot show is refused and not
written otherwise: a signed text is not to be changed by its form. Tags for assistive technology (PDF/UA) are not there:
the page of the same text is for that.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from douane.vocabulary.errors import NotWellFormed

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
MARGIN, SIZE, LEADING = 56, 10, 13
COLUMNS: Final = (WIDTH - 2 * MARGIN) * 10 // (SIZE * 6)
"""Characters in a line: each of Courier is 0.6 of its size wide."""
LINES: Final = (HEIGHT - 2 * MARGIN) // LEADING
_ENCODING: Final = "cp1252"
_FIRST_PAGE: Final = 7
"""The number of the first page; what stands before it is named in ``document``."""


def document(text: str, *, title: str, language: str, name: str, attached: bytes) -> bytes:
    """A text as a PDF. name, attached: of the file that it carries. Raises NotWellFormed for a character that the
    typeface does not have."""
    lines = list(_lines(_shown(text)))
    pages = [_page(lines[first : first + LINES]) for first in range(0, len(lines), LINES)]
    numbers = range(_FIRST_PAGE, _FIRST_PAGE + 2 * len(pages), 2)
    kids = " ".join(f"{each} 0 R" for each in numbers).encode()
    file = _string(name)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang %b /ViewerPreferences << /DisplayDocTitle true >>"
        b" /Names << /EmbeddedFiles << /Names [%b 5 0 R] >> >> >>" % (_string(language), file),
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Title %b >>" % _string(_shown(title)),
        b"<< /Type /Filespec /F %b /UF %b /EF << /F 6 0 R >> >>" % (file, file),
        _stream(attached, b"/Type /EmbeddedFile /Subtype /text#2Fplain "),
    ]
    for number, content in zip(numbers, pages, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (WIDTH, HEIGHT, number + 1)
        )
        objects.append(_stream(content))
    return _file(objects)


def _shown(text: str) -> str:
    """The text itself, where the typeface has every character of it."""
    try:
        text.encode(_ENCODING)
    except UnicodeEncodeError as problem:
        strange = text[problem.start]
        raise NotWellFormed(
            f"The typeface has no U+{ord(strange):04X}.", remedy="Take the signed text: it holds every character."
        ) from problem
    return text


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, COLUMNS, break_on_hyphens=False) or [""]


def _page(lines: Iterable[str]) -> bytes:
    shown = b"\n".join(b"%b Tj T*" % _string(each) for each in lines)
    return b"BT\n/F1 %d Tf\n%d TL\n%d %d Td\n%b\nET" % (SIZE, LEADING, MARGIN, HEIGHT - MARGIN - SIZE, shown)


def _string(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(" + escaped.encode(_ENCODING) + b")"


def _stream(content: bytes, facts: bytes = b"") -> bytes:
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (facts, len(content), content)


def _file(objects: list[bytes]) -> bytes:
    """Header, objects, the table of where they stand, and the way to it."""
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % each for each in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(made)
