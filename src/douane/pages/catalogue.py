"""Catalogues of translations: gettext's own text form (PO), read as it is, so that no compiled copy can differ.

Only what our catalogues use is read: comments, ``msgctxt``, ``msgid``, ``msgid_plural``, ``msgstr`` and quoted lines
that go on. A text is found by (context, English text). A line of another form is DeclarationFault with its number.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from douane.model import discovery
from douane.vocabulary.errors import DeclarationFault

WORDS: Final = "words"
"""The folder of an application in which its own words stand, a file of each language."""
Key = tuple[str, str]
"""Context (mostly empty) and English text."""
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?(".*")\Z')


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the law: the article that gives it its meaning, and the word in each language that has one."""

    article: str
    words: Mapping[str, str]


def read_catalogue(text: str, name: str) -> dict[Key, tuple[str, ...]]:
    """The translations of a catalogue: one form, or singular and plural. Raises DeclarationFault."""
    found: dict[Key, tuple[str, ...]] = {}
    entry: dict[str, str] = {}
    part = ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            _keep(found, entry)
            entry, part = {}, ""
            continue
        match = _LINE.match(line)
        if match is None or not (match[1] or part):
            raise DeclarationFault(f"{name}, line {number}: this is no line of a catalogue.", remedy="Mend it.")
        if match[1]:
            part = match[1]
            entry[part] = ""
        entry[part] += str(ast.literal_eval(match[2]))
    return found


def _keep(found: dict[Key, tuple[str, ...]], entry: Mapping[str, str]) -> None:
    """Add an entry; the head of the catalogue (an empty ``msgid``) and what is not translated yet are no entries."""
    forms = tuple(value for name, value in entry.items() if name.startswith("msgstr"))
    if entry.get("msgid") and forms and all(forms):
        found[entry.get("msgctxt", ""), entry["msgid"]] = forms


@cache
def catalogue(language: str) -> Mapping[Key, tuple[str, ...]]:
    """The catalogue of a language, with what applications say in their own folders (``words/fr.po``); empty where there
    is none. What the platform says itself, no application says otherwise. Raises DeclarationFault."""
    found: dict[Key, tuple[str, ...]] = {}
    for package, folder in (("douane.pages", "locale"), *((each, WORDS) for each in discovery.applications())):
        file = resources.files(package).joinpath(folder, f"{language}.po")
        if file.is_file():
            said = read_catalogue(file.read_text(encoding="utf-8"), f"{package}/{folder}/{file.name}")
            found = said | found
    return MappingProxyType(found)


@cache
def terms() -> Mapping[str, Term]:
    """The term base, by the English term."""
    text = resources.files("douane.pages").joinpath("locale", "terms.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: Term(each.pop("article"), MappingProxyType(each)) for name, each in tomllib.loads(text).items()}
    )
