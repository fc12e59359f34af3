"""For every test: what it writes is for its own user, as every command has it; a node refuses what others may read."""

from __future__ import annotations

import os

from douane.cli.main import PRIVATE

os.umask(PRIVATE)
