"""What pages load: our style sheet, htmx, and two scripts of ours, for passkeys and for the progress of uploads; named
by their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from douane.standards.bpmn.drawing.picture import STYLE

FOLDER: Final = "/assets/"
"""Where they are served, on every host of pages."""
_OF_A_RELEASE: Final = re.compile(rf"{FOLDER}([a-z]+)\.[0-9a-f]{{12}}\.([a-z.]+)")
_MEDIA: Final = {"douane.css": "text/css; charset=utf-8", "htmx.min.js": "text/javascript; charset=utf-8",
          "passkey.js": "text/javascript; charset=utf-8", "upload.js": "text/javascript; charset=utf-8"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: under which name it is served, and its octets, also compressed."""

    path: str
    media: str
    content: bytes
    compressed: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Every asset by the path under which it is served."""
    return MappingProxyType({made.path: made for made in (_made(name) for name in _MEDIA)})


def asset_of(path: str) -> tuple[Asset | None, bool]:
    """What is served under a path, and whether it is that very content; None for what is no asset.

    While releases change behind a balancer a page of one release asks a process of the other for its files: that one
    serves its own of the same name, which nobody is to keep, for a page without a style sheet is of no use.
    """
    found = assets().get(path)
    if found is not None:
        return found, True
    named = _OF_A_RELEASE.fullmatch(path)
    own = addresses().get(named[1], "") if named is not None else ""
    return (assets()[own], False) if named is not None and own.endswith(f".{named[2]}") else (None, False)


@cache
def addresses() -> Mapping[str, str]:
    """The path of each asset by its name without the ending: ``douane``, ``htmx``."""
    return MappingProxyType({path.removeprefix(FOLDER).partition(".")[0]: path for path in assets()})


def _made(name: str) -> Asset:
    content = resources.files("douane.pages").joinpath("assets", name).read_bytes()
    if name == "douane.css":
        content += STYLE.encode()  # pictures of processes carry classes; no style stands in a page
    stem, _, ending = name.partition(".")
    path = f"{FOLDER}{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    return Asset(path, _MEDIA[name], content, gzip.compress(content, 9, mtime=0))
