"""Tasks of officers, by the process that draws them; written by ``douane model tasks`` from the processes."""

from __future__ import annotations

from typing import Final

from douane.author import TaskRef


class Clearing:
    """Tasks of the process ``clearing``."""

    control: Final = TaskRef("clearing", "control")
