"""What may come with a message: documents of kinds that are told by their first octets, under names of such."""

from __future__ import annotations

import pytest

from douane.standards.mime.kinds import DOCUMENTS, FILES, PDF, Taken


@pytest.mark.parametrize(
    ("name", "media", "head", "fits"),
    [
        ("invoice.pdf", "application/pdf", b"%PDF-1.7", True), ("INVOICE.PDF", "", b"%PDF-1.7", True),
        ("payload-1@sender.eu", "application/octet-stream", b"%PDF-1.7", True), ("payload1", "", b"%PDF-1.7", True),
        ("rechnung ü.pdf", "application/pdf", b"%PDF-1.7", True), ("urn:uuid:1@apache.org", "", b"\xff\xd8\xff", True),
        ("invoice.pdf.exe", "application/pdf", b"%PDF-1.7", False), ("invoice.exe", "", b"MZ", False),
        ("a\u202efdp.exe", "", b"%PDF-1.7", False), ("a\r\nb.pdf", "", b"%PDF-1.7", False), ("", "", b"%PDF-", False),
        ("a/b.pdf", "", b"%PDF-1.7", False), ("a..pdf", "", b"%PDF-1.7", False), ("-.pdf", "", b"%PDF-1.7", False),
        ("a.pdf", "text/html", b"%PDF-1.7", False), ("a.pdf", "application/pdf", b"", False),
        ("x" * 252 + ".pdf", "", b"%PDF-", False),
    ],
)  # fmt: skip
def test_what_may_come_with_a_message(name: str, media: str, head: bytes, fits: bool) -> None:
    assert (DOCUMENTS.wrong(name, media, head) == "") is fits
    if "@" in name or "." not in name:
        assert FILES.wrong(name, media, head), "a file is called by the name of one"
    else:
        assert (FILES.wrong(name, media, head) == "") is fits


def test_what_is_durable_already_is_judged_by_what_was_told_of_it() -> None:
    assert DOCUMENTS.wrong("a.pdf", "application/pdf", None) == ""
    assert DOCUMENTS.wrong("a.pdf", "image/png", None)
    assert DOCUMENTS.wrong("a.html", "text/html", None)
    assert Taken((PDF,)).wrong("a.png", "image/png", b"\x89PNG\r\n\x1a\n")
