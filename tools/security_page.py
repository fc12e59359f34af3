"""Writes docs/security.md from docs/security.json. ``python -m tools.security_page``.

The JSON is the source: one entry for each requirement of OWASP ASVS 5.0, levels 1 and 2, with what shows it or why it
does not hold. The page is what people read.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "security.md"
SOURCE = DOCS / "security.json"


class State(enum.StrEnum):
    """How far a requirement is met."""

    MET = "met"  # shown by what is named
    PART = "part"  # some of it is; the reason says what is missing
    OPEN = "open"  # nothing of it is there
    NOT_APPLICABLE = "not applicable"  # the product has nothing that it speaks about


class Kind(enum.StrEnum):
    """As what a thing would be in the source."""

    IMPORT = "import"  # a library, by its first name
    WORD = "word"  # a word of a program, a page or a script, as a regular expression


class Absent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that is absent: as what, by which names, below which folder."""

    kind: Kind
    names: Annotated[tuple[str, ...], Meta(min_length=1)]
    under: str


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A requirement: its number in the standard, and its title in our own words.

    test: of what is met, the test (``FILE::TEST``) that fails when it is broken. where: what else shows it: files, from
    the root of the repository, and tests. absent: of what does not apply, the thing that the source does not have.
    closed_by: the part of the plan that closes it, or after which it applies; empty where neither is so.
    """

    id: str
    level: int
    title: str
    state: State
    test: str
    where: tuple[str, ...]
    reason: str
    closed_by: str
    absent: Absent | None = None

    @property
    def chapter(self) -> str:
        """``V1`` of ``V1.2.3``."""
        return self.id.partition(".")[0]


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: what the standard is called, its chapters and the parts of the plan by name, and all requirements."""

    standard: str
    levels: tuple[int, ...]
    chapters: dict[str, str]
    closed_by: dict[str, str]
    requirements: tuple[Requirement, ...]


HEAD = """# Security, requirement by requirement

Written by `tools/security_page.py` from [security.json](security.json); a test keeps the two equal. Do not edit.

{standard} has {total} requirements of level 1 and 2.
For each one this page says whether a node meets it, and which test, document or file shows that. Numbers are those of
the standard; titles are ours and shorter, so read the requirement there. It is our own judgement; nobody outside has
certified it. How to report a weakness is in [SECURITY.md](../SECURITY.md).

| State | Means |
|---|---|
| met | shown by the test in bold, and by what else is named |
| part | some of it is there; the reason says what is missing |
| open | nothing of it is there |
| not applicable | there is nothing of what it speaks about; the part of the plan that changes this stands in brackets |

`tests/architecture/test_security_page.py` holds that every number is here once with its level and that every file and
test exists. Of what is met the test in **bold** fails when the requirement is broken: for twenty, drawn by the digests
of their numbers, `tests/security` puts a fault into a copy of the product and sees that very test fail. Of what does
not apply the thing that is absent is looked for in the source.
"""


def read() -> Mapping:
    """What the file says. Raises ``msgspec.ValidationError`` for an unknown state or field."""
    return msgspec.json.decode(SOURCE.read_bytes(), type=Mapping)


def page() -> str:
    """The page as it should be."""
    mapping = read()
    head = HEAD.format(standard=mapping.standard, total=len(mapping.requirements))
    return "".join((head, *_summary(mapping), *_missing(mapping), *_everything(mapping)))


def _summary(mapping: Mapping) -> Iterator[str]:
    states = tuple(State)
    yield f"\n## By chapter\n\n{_row('Chapter', *states, 'all')}{_row(*['---'] * (len(states) + 2))}"
    for chapter, title in mapping.chapters.items():
        found = [each for each in mapping.requirements if each.chapter == chapter]
        yield _row(f"[{chapter}](#{_anchor(chapter, title)}) {title}", *_counts(found))
    for level in mapping.levels:
        yield _row(f"level {level}", *_counts([each for each in mapping.requirements if each.level == level]))
    yield _row("all", *_counts(mapping.requirements))


def _counts(requirements: Sequence[Requirement]) -> Iterator[str]:
    for state in State:
        yield str(sum(each.state is state for each in requirements))
    yield str(len(requirements))


def _missing(mapping: Mapping) -> Iterator[str]:
    yield "\n## What is missing\n\nBy the part of the plan that closes it.\n"
    for part, title in mapping.closed_by.items():
        found = [e for e in mapping.requirements if e.closed_by == part and e.state in {State.PART, State.OPEN}]
        if found:
            yield f"\n### {part.capitalize()}: {title}\n\n{_row('Number', 'Level', 'State', 'Title', 'Missing')}"
            yield _row(*["---"] * 5)
            yield from (_row(each.id, str(each.level), each.state, each.title, each.reason) for each in found)


def _everything(mapping: Mapping) -> Iterator[str]:
    yield "\n## Every requirement\n"
    for chapter, title in mapping.chapters.items():
        yield f"\n### {chapter} {title}\n\n{_row('Number', 'Level', 'Title', 'State', 'Shown by, or why')}"
        yield _row(*["---"] * 5)
        for each in mapping.requirements:
            if each.chapter == chapter:
                yield _row(each.id, str(each.level), each.title, _state(each), _why(each))


def _state(requirement: Requirement) -> str:
    until = requirement.state is State.NOT_APPLICABLE and requirement.closed_by
    return f"{requirement.state} ({requirement.closed_by})" if until else requirement.state


def _why(requirement: Requirement) -> str:
    shown = [f"**{_link(requirement.test)}**"] if requirement.test else []
    found = ", ".join([*shown, *map(_link, requirement.where)])
    return " ".join(filter(None, (requirement.reason, found, _absent(requirement.absent))))


def _absent(absent: Absent | None) -> str:
    if absent is None:
        return ""
    names = ", ".join(f"`{each}`" for each in absent.names).replace("|", "\\|")
    return f"Absent from `{absent.under}` as {absent.kind}: {names}."


def _link(place: str) -> str:
    """A link to a file: by the words of a test's name, else by the name of the file."""
    file, _, test = place.partition("::")
    words = test.removeprefix("test_").replace("_", " ") if test else Path(file).name
    target = file.removeprefix("docs/") if file.startswith("docs/") else f"../{file}"
    return f"[{words}]({target})"


def _anchor(chapter: str, title: str) -> str:
    return f"{chapter} {title}".lower().replace(" ", "-")


def _row(*cells: str) -> str:
    return "| " + " | ".join(_plain(cells)) + " |\n"


def _plain(cells: Iterable[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|") for cell in cells)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
