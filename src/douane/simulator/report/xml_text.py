"""A message for reading: each element on a line of its own."""

from __future__ import annotations

import re

_PART = re.compile(r"<[^>]+>|[^<]+")
_OPENED = re.compile(r"\s*<([^\s/>]+)[^>]*>[^<]*\Z")


def indented(text: str) -> str:
    """The same XML with line breaks and indents; JSON and anything else as it is."""
    if not text.lstrip().startswith("<") or not text.rstrip().endswith(">"):
        return text
    lines: list[str] = []
    depth = 0
    for part in _PART.findall(text):
        if part.startswith("</"):
            depth -= 1
            opened = _OPENED.match(lines[-1]) if lines else None
            if opened and opened[1] == part[2:-1]:
                lines[-1] += part
            else:
                lines.append("  " * max(depth, 0) + part)
        elif part.startswith("<"):
            lines.append("  " * max(depth, 0) + part)
            depth += 0 if part.endswith("/>") or part.startswith(("<?", "<!")) else 1
        elif part.strip() and lines:
            lines[-1] += part.strip()
    return "\n".join(lines)
