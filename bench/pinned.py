"""Run a module on one core: ``python -m bench.pinned CORE MODULE ARGUMENTS``."""

from __future__ import annotations

import os
import runpy
import sys


def main() -> None:
    """Pin this process, then become the module."""
    core, module = int(sys.argv[1]), sys.argv[2]
    os.sched_setaffinity(0, {core})
    sys.argv = sys.argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
