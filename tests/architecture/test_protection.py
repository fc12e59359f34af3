"""The page on protection names every place, algorithm, key and log event of the source, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import msgspec

from douane.runtime.store.ports import Log
from douane.shared_services.logging.line import LogLine
from tests.architecture.tree import REPOSITORY, product

PAGE = (REPOSITORY / "docs" / "protection.md").read_text()
PRIMITIVES = "cryptography.hazmat.primitives"
MODULES = {"hashes", "padding", "hashlib"}
NO_ALGORITHM = {
    "hashes", "padding", "utils", "hashlib", "Hash", "HashAlgorithm", "_Hash", "new", "InvalidUnwrap",
    "AEADDecryptionContext", "CertificatePublicKeyTypes",
}  # fmt: skip
"""Modules, types and errors; ``hashlib.new`` takes a name that stands in the page."""


def section(title: str) -> str:
    """What stands under a heading."""
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def coded(text: str) -> set[str]:
    """Everything that is written as code."""
    return set(re.findall(r"`([^`]+)`", text))


def primitives() -> Iterator[str]:
    """Every cryptographic name that the product uses."""
    for module in product():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PRIMITIVES):
                if "serialization" not in (node.module or ""):
                    yield from (alias.name for alias in node.names if alias.name != "serialization")
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name in {"hmac", "ssl"})
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in MODULES:
                yield node.attr


def test_every_algorithm_that_is_used_stands_there_and_no_other() -> None:
    assert set(primitives()) - NO_ALGORITHM == coded(section("Algorithms"))


def test_every_key_file_stands_there() -> None:
    named = {
        text
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(text := node.value, str)
        and re.fullmatch(r"[a-z0-9._-]+\.key", text)
    }  # fmt: skip
    assert {"server.key", "audit.key", "archive.key"} <= named
    assert named - coded(section("Keys")) == set()


def test_every_log_has_its_place_and_every_line_its_meaning() -> None:
    assert {f"Log.{log.name}" for log in Log} <= coded(section("Classes of data"))
    told = section("What a node logs")
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("|")]
    fields = {field.name for field in msgspec.structs.fields(LogLine)} | {"level", "cause", "remedy"}
    assert set().union(*(coded(row) for row in rows)) == fields


def test_every_class_says_how_it_is_protected() -> None:
    tables = [
        set(re.findall(r"^\| ([a-z]+) \|", part, re.MULTILINE)) for part in section("Classes of data").split("\n\n")
    ]
    classes, *ways = [found for found in tables if {"public", "secret"} <= found]
    assert classes == {"public", "operational", "business", "official", "evidence", "secret"}
    assert ways == [classes]
