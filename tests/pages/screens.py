"""``python -m tests.pages.screens``: a picture of every page in every state into ``build/screens``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from douane.configuration.settings import PagesAt
from tests.architecture.tree import REPOSITORY
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.chromium import chromium
from tests.pages.states import NARROW, STATES, WIDE, shown
from tests.pages.union import Union

FOLDER = REPOSITORY / "build" / "screens"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE}, "dark": {"viewport": WIDE, "color_scheme": "dark"}, "narrow": {"viewport": NARROW},
    "forced": {"viewport": WIDE, "forced_colors": "active"}, "fr": {"viewport": WIDE, "locale": "fr"},
    "de": {"viewport": NARROW, "locale": "de"},
}  # fmt: skip


def main() -> int:
    """Take them; how many."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:  # the node ends first
        folder = Path(name)
        identity = identity_in(folder)
        with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS) as node:
            union = Union(node)
            union.prepare()
            for look, options in LOOKS.items():
                for state in STATES:
                    context = browser.new_context(**options)
                    page = context.new_page()
                    shown(page, union, state)
                    page.screenshot(path=FOLDER / f"{state.replace(' ', '-')}-{look}.png", full_page=True)
                    context.close()
    print(f"{len(LOOKS) * len(STATES)} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
