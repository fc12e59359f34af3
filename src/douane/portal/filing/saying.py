"""What modules say, in the language of their reader: in their own words where they bring some, else in the portal's."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from douane.pages.languages import Words
from douane.pages.modules import Module


def said(text: str, words: Words, modules: Iterable[Module]) -> Markup:
    """A text of a module."""
    own = next((each.words[words.language][text] for each in modules if text in each.words.get(words.language, {})), "")
    return escape(own) if own else words.model(text)


def known(text: str, words: Words, module: Module) -> bool:
    """Whether a text of a module is known in a language."""
    return bool(module.words.get(words.language, {}).get(text)) or words.knows(text)
