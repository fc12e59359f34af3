"""What a page shows where a register does not know: since when, whose system cannot be asked, and why. Never "no"."""

from __future__ import annotations

from typing import assert_never

from douane.pages.blocks import Block, Empty, Inline, Note, Small, Tag, Tone
from douane.pages.languages import Words
from douane.vocabulary.known import Known, Says, Why
from douane.vocabulary.time import instant


def not_known(what: Known, words: Words) -> Inline:
    """A state beside an entry: that it is not known, and below it since when, whose and why."""
    return Tag(words.plain("not known"), Tone.WARN), Small(_whose(what, words))


def marked(what: Known, words: Words) -> Inline:
    """What stands below a state that is told by a system which is not to be believed as usual; empty for all others."""
    return Small(_whose(what, words)) if what.says is not Says.NOT_KNOWN and what.why is not None else ""


def nothing(what: Known, words: Words, otherwise: Block) -> Block:
    """What stands in place of a list without lines: that there is none, or that it is not known."""
    match what.says:
        case Says.YES | Says.NO:
            return otherwise
        case Says.NOT_KNOWN:
            return Empty(words.say("Not known here: %(whose)s.", whose=_whose(what, words)))
        case never:
            assert_never(never)


def besides(what: Known, words: Words) -> tuple[Block, ...]:
    """What stands beside a list that has lines, where others may keep more."""
    if what.says is not Says.NOT_KNOWN:
        return ()
    return (Note(words.plain("There may be more"), words.say("Not known here: %(whose)s.", whose=_whose(what, words))),)


def _whose(what: Known, words: Words) -> str:
    why, whom = _why(what.why, words), what.whom
    if what.since is None:
        return words.plain("%(whom)s %(why)s", whom=whom, why=why)
    since = words.moment(instant(what.since))
    return words.plain("since %(since)s, %(whom)s %(why)s", since=since, whom=whom, why=why)


def _why(why: Why | None, words: Words) -> str:
    match why:
        case None:
            return ""
        case Why.ELSEWHERE:
            return words.plain("keeps it and was not asked from here")
        case Why.NO_WAY:
            return words.plain("keeps it, and no way leads there")
        case Why.UNREACHABLE:
            return words.plain("keeps it and cannot be reached")
        case Why.REFUSED:
            return words.plain("keeps it and does not answer this")
        case Why.SET_BACK:
            return words.plain("keeps it and was set back to an earlier state")
        case Why.CLAIMED_TWICE:
            return words.plain("both claim it and say different things")
        case never:
            assert_never(never)
