"""How much of a list is told at once."""

from __future__ import annotations

from typing import Final

MOST_LISTED: Final = 200
"""Lines of a page of any list, whatever is asked for: who wants more follows the cursor."""
