"""In the processes of a node that is sabotaged: one rule or posting is taken away before anything else is imported.

``CASES_SABOTAGE`` names a file of ``tests/cases/sabotages`` and the number of a case. Where this fails, nothing is
taken away and the case stays green: the runner says so.
"""

from __future__ import annotations

import os
import runpy

if _wanted := os.environ.get("CASES_SABOTAGE"):
    _file, _, _number = _wanted.rpartition(":")
    runpy.run_path(_file)["SABOTAGES"][int(_number)]()
