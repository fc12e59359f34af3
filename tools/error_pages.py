"""Writes docs/errors.md from the error tree. ``python -m tools.error_pages``."""

from __future__ import annotations

import inspect
from pathlib import Path

from douane.vocabulary.errors import DouaneError, OurFault, PartnerFault, Retry, SenderFault

PAGE = Path(__file__).parents[1] / "docs" / "errors.md"
BRANCHES = (
    (
        SenderFault,
        "The sender's",
        "The sender must change something, unless the table says that the same request helps later.",
    ),
    (OurFault, "Ours", "The operator must change something; the sender did nothing wrong."),
    (PartnerFault, "A partner's", "A partner's system failed, or answered against its contract."),
)
ADVICE = {Retry.NEVER: "no", Retry.LATER: "later", Retry.FRESH: "after renewing what is named"}
HEAD = """# Errors

Written by `tools/error_pages.py` from `src/douane/vocabulary/errors.py`; a test keeps the two equal. Do not edit.

Every refusal carries a stable code, whose fault it is, whether the same request helps later, and a sentence that says
how to mend it. At REST doors it is a problem document (RFC 9457); `faults` lists every place in a message with pointer,
code of the message family, official rule, value and remedy. Other channels carry the same facts in their own form.
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(_branch(*branch) for branch in BRANCHES)


def _branch(root: type[DouaneError], title: str, text: str) -> str:
    rows = [_row(error) for error in sorted(_below(root), key=lambda each: each.code)]
    return f"\n## {title}\n\n{text}\n\n| Code | Name | Same request again? | Meaning |\n|---|---|---|---|\n" + "".join(
        rows
    )


def _row(error: type[DouaneError]) -> str:
    meaning = " ".join((inspect.getdoc(error) or "").split()).replace("``", "`").replace("|", "\\|")
    return f"| {error.code} | {error.__name__} | {ADVICE[error.retry]} | {meaning} |\n"


def _below(root: type[DouaneError]) -> list[type[DouaneError]]:
    """The errors of a branch that the tree itself declares, the root of the branch included."""
    own = [root] if root.__module__ == DouaneError.__module__ else []
    return own + [each for child in root.__subclasses__() for each in _below(child)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
