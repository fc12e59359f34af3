"""What became of the form that led to a screen, and the forms of what may be done there: the same words on each."""

from __future__ import annotations

from douane.pages.blocks import Block, Card, Details, Form, Inline, Note, Tone
from douane.pages.languages import Words
from douane.pages.screens import Given


def outcome(given: Given, done: Inline = "") -> tuple[Block, ...]:
    """What became of the form that led here; nothing where none did. done: what is said once it is handled."""
    words = given.words
    if given.refused:
        return (Note(words.plain("This was not recorded"), words.model(given.refused), Tone.BAD),)
    return told(given.became, words, done)


def told(became: str, words: Words, done: Inline = "") -> tuple[Block, ...]:
    """The same of a message that was not refused. became: its state; empty for none."""
    if became == "handled":
        return (Note("", done or words.say("It is recorded. What follows from it appears below."), Tone.GOOD),)
    if became:
        later = words.say("It was received, and is not handled yet. Load this page again to see what became of it.")
        return (Note("", later, Tone.WAIT),)
    return ()


def forms(given: Given) -> tuple[Block, ...]:
    """What the visitor may do here, each in a part that is opened for it; the one with a fault is open."""
    return tuple(
        Card(f"act-{n}", given.words.model(form.title), (form,))
        if not form.fields or wrong(form)
        else Details(given.words.model(form.title), (form,))
        for n, form in enumerate(given.acts)
    )


def faulty(given: Given) -> bool:
    """Whether the page shows what was refused."""
    return bool(given.refused) or any(map(wrong, given.acts))


def wrong(form: Form) -> bool:
    """Whether a form shows what is wrong with it: with the whole, a field or a group."""
    return bool(form.problems or form.faults) or any(each.faults for each in form.groups)
