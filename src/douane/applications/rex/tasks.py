"""Tasks of officers, by the process that draws them; written by ``douane model tasks`` from the processes."""

from __future__ import annotations

from typing import Final

from douane.author import TaskRef


class Registered:
    """Tasks of the process ``registered``."""

    examine: Final = TaskRef("registered", "examine")
