"""The book of what comes in about guarantees, asked by the core before a handler sees the message."""

from __future__ import annotations

from typing import Final

from douane.applications.guarantees.rules import published
from douane.author import NCTS5, RuleBook

BOOK: Final = RuleBook.of(published, codes=NCTS5.codes)
"""Rules for CC026C, CC034C, CC224C and CD200C."""
