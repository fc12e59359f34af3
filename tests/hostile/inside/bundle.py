"""A bundle of the tree under test with two files that are no wheels: its script fails once it is past its checks.

Reads a plan (root of the tree, folder).
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

PLAN = json.load(sys.stdin)
sys.path.insert(0, PLAN["root"])

from tools.release import bundle  # noqa: E402 - of the tree

folder, version = Path(PLAN["folder"]), f"{sys.version_info.major}.{sys.version_info.minor}"
(folder / "wheels").mkdir(parents=True)
for name in ("a-1-py3-none-any.whl", "douane-1-py3-none-any.whl"):
    (folder / "wheels" / name).write_bytes(name.encode())
(folder / "requirements.txt").write_text("")
if hasattr(bundle, "finish"):
    bundle.finish(folder, f"python{version}")
else:  # a tree that wrote both in the midst of making the whole
    script = folder / "install.sh"
    script.write_text(bundle.INSTALL.format(python=f"python{version}", version=version))
    script.chmod(0o755)
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    digests = (f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(folder)}\n" for each in files)
    (folder / "SHA256SUMS").write_text("".join(digests))
print(json.dumps({}))
