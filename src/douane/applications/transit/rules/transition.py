"""The transitional period of NCTS phase 5: while it lasts, other administrations may run systems of the former phase.

The published rules name its last day ``TPendDate`` and give no date; that is law, and kept as data (list ``LAW``).
"""

from __future__ import annotations

from typing import Final

from douane.author import LegalDate, Look

TRANSITION_END: Final = LegalDate("TPendDate")
"""The last day of the period: rules hold until it, or after it."""


def in_transition(look: Look) -> bool:
    """Whether the period lasts on the decisive date."""
    return look.date <= TRANSITION_END.on(look)
