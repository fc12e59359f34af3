"""Writing a multipart/related body: the pieces between the contents, which may be streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from douane.standards.mime.media_type import MediaType


@dataclass(frozen=True, slots=True)
class Part:
    """What stands above a part: its media type as text, its Content-ID without brackets."""

    media_type: str
    content_id: str

    def head(self, boundary: str) -> bytes:
        """Everything from the delimiter to the first octet of the part. The Content-ID always has its brackets."""
        return (
            f"--{boundary}\r\nContent-Type: {self.media_type}\r\nContent-ID: <{self.content_id}>\r\n"
            "Content-Transfer-Encoding: binary\r\n\r\n"
        ).encode("ascii")


def related(boundary: str, root: Part) -> str:
    """The Content-Type of a multipart/related body with this root."""
    root_type = root.media_type.partition(";")[0]
    parameters = {"type": root_type, "boundary": boundary, "start": f"<{root.content_id}>"}
    return MediaType("multipart/related", parameters).text()


def tail(boundary: str) -> bytes:
    """What ends the body, after the line end of the last part."""
    return f"--{boundary}--\r\n".encode("ascii")


def multipart(boundary: str, parts: Sequence[tuple[Part, Iterable[bytes]]]) -> Iterator[bytes]:
    """The whole body in pieces, each part's content taken as it comes."""
    for part, content in parts:
        yield part.head(boundary)
        yield from content
        yield b"\r\n"
    yield tail(boundary)
