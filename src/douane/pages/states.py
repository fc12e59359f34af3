"""What a state of a case means to its reader: the tint beside the word, never instead of it."""

from __future__ import annotations

from typing import Final

from douane.pages.blocks import Tone

_TONES: Final = (
    (Tone.BAD, ("not released", "invalidated", "rejected", "refused", "recovery", "not valid")),
    (Tone.GOOD, ("discharged", "closed", "written off", "released at destination")),
    (Tone.WARN, ("control", "enquiry", "guarantee", "late", "remarks")),
    (Tone.RUN, ("released", "under way", "arrived", "expected", "accepted", "passed")),
)  # fmt: skip
"""Words of states, the particular before the general; a state of none of them waits."""


def kind_words(kind: str) -> str:
    """What a kind of case is called: ``PassageRecord`` is "Passage record"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()
    return words[:1].upper() + words[1:]


def state_words(state: str) -> str:
    """What a state is called among people: ``written_off`` is "written off"."""
    return state.replace("_", " ")


def tone_of(state: str) -> Tone:
    """What a state means to its reader."""
    return next((tone for tone, words in _TONES if any(word in state for word in words)), Tone.WAIT)


def titled(text: str) -> str:
    """A name of the model as it begins a cell: its first letter large, and nothing else of it changed (``TIR``)."""
    return text[:1].upper() + text[1:]
