"""Python names for XML names: ``referenceNumberUCR`` becomes ``reference_number_ucr``."""

from __future__ import annotations

import keyword
import re

_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MESSAGE = re.compile(r"C[CD][0-9]{3}[CD]$")
_TYPE = re.compile(r"(CUSTOM_)?(.+?)Type(ErmisIE)?(\d*)$")
OTHER = "<other>"
"""Stands for the structs of the phase that came before; the writer of files fills it in."""


def snake(tag: str) -> str:
    """The attribute or module name for an XML tag."""
    name = tag.lower() if _MESSAGE.match(tag) else _BREAK.sub("_", tag).lower()
    return name + "_" if keyword.iskeyword(name) else name


def base_of(kind: str) -> str:
    """The group that an official complex type describes: ``CUSTOM_ConsignmentType04`` is a ``Consignment``."""
    match = _TYPE.match(kind)
    return match[2] if match else kind


def variant_of(kind: str) -> tuple[bool, int, str]:
    """Sorting key and number of a complex type among those of its group."""
    match = _TYPE.match(kind)
    if match is None:
        return False, 0, ""
    return bool(match[1] or match[3]), int(match[4] or 0), match[4]
