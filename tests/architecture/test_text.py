"""What must stand in no file: open ends, places of one machine, addresses of package registries, blanket ignores."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from douane.pages.languages import COMPLETE, ENGLISH, Words
from douane.pages.titles import MESSAGES
from tests.architecture.tree import REPOSITORY, files, modules, product

OPEN_END = re.compile(r"\b(?:TO[D]O|FIX[M]E|HA[C]K)\b|raise NotImplemented[E]rror")
MACHINE = re.compile(r"(?<![\w.<>*\])}-])/(?:home|root|Users|work|opt|mnt)/[\w.]|[A-Z]:\\Users")
REGISTRY = re.compile(r"(?i)\b(?:py[p]i\.org|python[h]osted\.org|npm[j]s\.|registry\.yarn|docker[.]io|proxy\.gol[a]ng)")
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
IGNORE = re.compile(r"#\s*(?:type:\s*ignore|noqa)")
WITH_CODE = re.compile(r"#\s*(?:type:\s*ignore\[[a-z, -]+\]|noqa:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)")
WITH_REASON = re.compile(WITH_CODE.pattern + r"(?:\s*[-#(])\s*\(?\w")
LOCK_LINE = re.compile(r"^[a-zA-Z0-9._-]+==[\w.+!-]+(?: ; [^;]+)? \\$")
BINARY = frozenset({".gz", ".xz", ".zst", ".png", ".ico", ".woff2", ".der", ".zip", ".tar"})


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every text file of the repository."""
    for path in files():
        if path.suffix not in BINARY:
            content = path.read_bytes()
            if b"\0" not in content[:4096]:
                yield path.relative_to(REPOSITORY).as_posix(), content.decode("utf-8")


@pytest.mark.parametrize(
    "pattern", [OPEN_END, MACHINE, REGISTRY, CONFLICT], ids=["open end", "machine", "registry", "conflict"]
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1} {hit[0]}"
        for name, text in texts()
        for hit in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (OPEN_END, "# TO" + "DO later"),
        (OPEN_END, "raise NotImplemented" + "Error"),
        (MACHINE, "'/ho" + "me/me/x'"),
        (MACHINE, "see /wo" + "rk/main"),
        (REGISTRY, "https://py" + "pi.org/simple"),
        (CONFLICT, "a\n" + "<" * 7 + " HEAD\nb"),
    ],
)
def test_the_patterns_find(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def bare(text: str, allowed: re.Pattern[str]) -> Iterator[str]:
    """Comments of a module that ignore something in another than the allowed form, each with its line."""
    if all(len(IGNORE.findall(line)) == len(allowed.findall(line)) for line in text.splitlines()):
        return  # no need to tell comments from strings, which takes a hundred times as long
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and IGNORE.search(token.string) and not allowed.search(token.string):
            yield f"{token.start[0]} {token.string}"


def test_ignores_carry_a_code() -> None:
    assert [f"{m.name}:{where}" for m in modules() for where in bare(m.text, WITH_CODE)] == []


def test_ignores_in_the_product_carry_a_reason() -> None:
    assert [f"{m.name}:{where}" for m in product() for where in bare(m.text, WITH_REASON)] == []


@pytest.mark.parametrize("text", ["x = 1  # no" + "qa\n", "s = '# no" + "qa: S1 x'  # no" + "qa\n"])
def test_the_scan_finds_a_bare_ignore(text: str) -> None:
    assert len(list(bare(text, WITH_CODE))) == 1


def test_the_scan_takes_a_string_for_no_comment() -> None:
    assert list(bare("s = '# no" + "qa'\n", WITH_CODE)) == []


@pytest.mark.parametrize("lock", sorted(p.name for p in (REPOSITORY / "requirements").glob("*.txt")))
def test_lock_files_pin_with_hashes_and_name_no_place(lock: str) -> None:
    lines = (REPOSITORY / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    pins = [n for n, line in enumerate(lines) if not line.startswith((" ", "#"))]
    assert len(pins) > 2
    for n in pins:
        assert LOCK_LINE.match(lines[n]), lines[n]
        assert lines[n + 1].lstrip().startswith("--hash=sha256:"), lines[n]
    assert not [line for line in lines if "://" in line or "--index" in line or "--find" in line or " @ " in line]


@pytest.mark.parametrize("language", COMPLETE)
def test_what_messages_are_called_is_translated(language: str) -> None:
    words = Words(language)
    assert language == ENGLISH or [title for title in MESSAGES.values() if not words.knows(title)] == []
