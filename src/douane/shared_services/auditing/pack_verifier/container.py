"""The container of a pack: files stored one after the other, without compression, in one form only.

Any program for ZIP files opens it; since there is one form, a changed octet is noticed wherever it stands.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from douane.shared_services.auditing.pack_verifier.report import need


def zipped(pieces: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The container of these files, part by part, each with the name of the piece that it belongs to."""
    central, offset = b"", 0
    for name, data in pieces.items():
        path = name.encode()
        fixed = struct.pack("<HHHHHIII", 20, 0x800, 0, 0, 0x21, zlib.crc32(data), len(data), len(data))
        head = b"PK\x03\x04" + fixed + struct.pack("<HH", len(path), 0) + path
        central += b"PK\x01\x02" + struct.pack("<H", 788) + fixed + struct.pack("<HHHHHII", len(path), 0, 0, 0, 0,
                                                                             0o100644 << 16, offset) + path  # fmt: skip
        offset += len(head) + len(data)
        yield name, head + data
    yield "container", central + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(pieces), len(pieces), len(central),
                                             offset, 0)  # fmt: skip


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a container. Raises Refused where it is in any other form than its maker wrote."""
    pieces: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        size, _, length = struct.unpack("<IIH", data[at + 18 : at + 28])
        name = data[at + 30 : at + 30 + length].decode()
        start = at + 30 + length
        need(start + size <= len(data) and name not in pieces, f"The header of {name[:80]!r} was changed.")
        pieces[name] = data[start : start + size]
        at = start + size
    return pieces


def check_container(data: bytes, pieces: dict[str, bytes]) -> str:
    """Every octet of the file is one that its maker wrote."""
    at = 0
    for name, octets in zipped(pieces):
        need(data[at : at + len(octets)] == octets, f"The container was changed at {name}.")
        at += len(octets)
    need(at == len(data), "Something follows the end of the container.")
    return f"{len(pieces)} files, no octet beside them."
