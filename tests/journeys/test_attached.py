"""Files that go with a draft: added from its page, sent with its message; and what becomes of those that do not come
whole, or are not what they say."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from douane.channels.browser.uploads import LARGEST
from douane.configuration.settings import PagesAt
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.journeys.test_filing import Trader, copied, released, turn
from tests.pages.union import CONSIGNEE, JSON, OFFICER, Union
from tests.pages.visitor import Seen

PDF, PNG = b"%PDF-1.7\n" + b"x" * 400_000, b"\x89PNG\r\n\x1a\n" + b"y" * 100
EDGE = "form-edge"


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("attached")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


def body(fields: dict[str, str], name: str, media: str, octets: bytes) -> bytes:
    """A form as a browser sends it: fields first, then the file."""
    parts = [
        f'--{EDGE}\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{each}\r\n' for key, each in fields.items()
    ]
    head = (
        f'--{EDGE}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\ncontent-type: {media}\r\n\r\n'
    )
    return "".join(parts).encode() + head.encode() + octets + f"\r\n--{EDGE}--\r\n".encode()


def headers(anne: Trader, url: str) -> dict[str, str]:
    kept = anne.jar[urlsplit(url).hostname or ""]
    return {
        "host": urlsplit(url).netloc, "cookie": "; ".join(f"{name}={value}" for name, value in kept.items()),
        "content-type": f"multipart/form-data; boundary={EDGE}", "sec-fetch-site": "same-origin", "accept": "text/html",
    }  # fmt: skip


def hidden(seen: Seen, action: str) -> dict[str, str]:
    return next(each[2] for each in seen.forms if each[1] == action)


def added(anne: Trader, path: str, name: str, media: str, octets: bytes, **fields: str) -> tuple[int, str]:
    """Send a file from the page of a draft: status and text of the answer."""
    seen = anne.to(f"{path}/attachments")
    said = hidden(seen, f"{path}/attachments") | fields
    connection = http.client.HTTPConnection("127.0.0.1", anne.port, timeout=60)
    connection.request("POST", f"{path}/attachments", body(said, name, media, octets), headers(anne, seen.url))
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status == 422:
        assert faults(text) == []
    return answer.status, text


def stored(union: Union) -> set[Path]:
    """What lies in the payload store."""
    return {each for each in (union.node.node.core.settings.data / "payloads").rglob("*") if each.is_file()}


def test_a_file_is_added_without_a_script_and_goes_with_the_message(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    assert faults(anne.to(f"{path}/attachments").body) == []
    assert added(anne, path, "invoice 7é.pdf", "application/pdf", PDF)[0] == 303
    shown = anne.to(f"{path}/attachments")
    assert "invoice-7-.pdf application/pdf 400009" in shown.text
    assert faults(shown.body) == []
    assert added(anne, path, "scan.png", "application/octet-stream", PNG)[0] == 303
    out = anne.to(f"{path}/attachments")
    anne.send(out, f"{path}/attachments/remove", file="scan.png")
    assert "scan.png" not in anne.to(f"{path}/attachments").text
    assert "1 file" in anne.to(path).text
    checked = anne.to(f"{path}/check")
    assert "invoice-7-.pdf" in checked.text
    done = anne.send(checked, f"{path}/send")
    assert released(anne, done)
    mrn = anne.get(done.url).text.partition("Case ")[2].split()[0]
    asked = json.dumps({"mrn": mrn}).encode()
    file = union.node.client("ccn2", OFFICER).ask("POST", "/transit/v1/movement_file", asked, JSON)
    assert "invoice-7-.pdf" in file.body.decode(), file.body[:2000]


@pytest.mark.parametrize(
    ("name", "media", "octets", "why"),
    [
        ("invoice.pdf", "application/pdf", PNG, "says that it is something else"),
        ("picture.png", "application/pdf", PNG, "says that it is something else"),
        ("invoice.pdf.exe", "application/pdf", PDF, "says that it is something else"),
        ("program.pdf", "application/pdf", b"MZ\x90\x00" + b"0" * 50, "is none of these kinds"),
        ("page.pdf", "text/html", b"<script>alert(1)</script>", "is none of these kinds"),
        ("empty.pdf", "application/pdf", b"", "Choose a file that is not empty"),
        ("", "application/octet-stream", b"", "Choose a file that is not empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_kept_and_told_why(
    union: Union, name: str, media: str, octets: bytes, why: str
) -> None:
    anne = Trader(union)
    path, before = copied(anne, union), stored(union)
    status, text = added(anne, path, name, media, octets)
    assert (status, why in text) == (422, True), text
    assert "No file goes with it." in anne.to(f"{path}/attachments").text
    assert stored(union) == before


def test_a_connection_that_is_lost_leaves_nothing_and_the_draft_as_it_was(union: Union) -> None:
    anne = Trader(union)
    path, before = copied(anne, union), stored(union)
    seen = anne.to(f"{path}/attachments")
    text = body(hidden(seen, f"{path}/attachments"), "invoice.pdf", "application/pdf", PDF)
    head = headers(anne, seen.url) | {"content-length": str(len(text))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    with socket.create_connection(("127.0.0.1", anne.port), timeout=20) as lost:
        lost.sendall(f"POST {path}/attachments HTTP/1.1\r\n{lines}\r\n".encode() + text[: len(text) // 2 + 200_000])
    again = anne.to(f"{path}/attachments")
    assert "No file goes with it." in again.text
    assert turn(again) == turn(seen)
    assert added(anne, path, "invoice.pdf", "application/pdf", PDF)[0] == 303, "and the way is free"
    assert len(stored(union)) <= len(before) + 1


def test_a_file_that_is_too_large_is_refused_once_it_was_sent(union: Union) -> None:
    anne = Trader(union)
    path, before = copied(anne, union), stored(union)
    assert added(anne, path, "large.pdf", "application/pdf", PDF + b"z" * LARGEST)[0] == 413
    assert "No file goes with it." in anne.to(f"{path}/attachments").text
    assert stored(union) == before


def test_nobody_adds_a_file_to_anothers_draft_or_without_the_token_of_his_session(union: Union) -> None:
    anne, eva = Trader(union), Trader(union, CONSIGNEE)
    path, before = copied(anne, union), stored(union)
    assert added(anne, path, "a.pdf", "application/pdf", PDF, token="made up")[0] == 403
    assert eva.to(f"{path}/attachments").status == 404
    own = copied(anne, union)
    said = hidden(eva.to("/preferences"), "/preferences") | {"turn": "1"}
    connection = http.client.HTTPConnection("127.0.0.1", eva.port, timeout=20)
    text = body(said, "a.pdf", "application/pdf", PDF)
    connection.request("POST", f"{own}/attachments", text, headers(eva, eva.to("/preferences").url))
    assert connection.getresponse().status == 404
    connection.close()
    assert stored(union) == before


def test_a_page_that_was_opened_before_another_save_adds_nothing(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    status, text = added(anne, path, "a.pdf", "application/pdf", PDF, turn="0")
    assert (status, "The draft has changed" in text) == (422, True)
    assert "No file goes with it." in anne.to(f"{path}/attachments").text


def test_files_of_all_drafts_count_against_the_share_of_their_party(tmp_path: Path) -> None:
    """Who may put so much into the store in a day begins another draft in vain."""
    share = len(PDF) + 1_000
    with standing(
        tmp_path, identity_in(tmp_path), pages=PagesAt(port=0), limits=GENEROUS, attachments_a_day_bytes=share
    ) as node:
        union = Union(node)
        union.prepare()
        anne = Trader(union)
        assert added(anne, copied(anne, union), "invoice.pdf", "application/pdf", PDF)[0] == 303
        path, before = copied(anne, union), stored(union)
        status, text = added(anne, path, "another.pdf", "application/pdf", PDF + b"2")
        assert (status, "Your attachments of today" in text) == (503, True), text
        assert stored(union) == before
