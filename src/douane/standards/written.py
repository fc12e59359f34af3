"""The one place where text becomes code: functions written from what we declare ourselves.

Whoever writes one takes names and values from declarations (layouts, plans of coded items), never from a message, and
hands values in as names; a test of the architecture lets no other module compile text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Made = Callable[..., Any]
"""A function that was written. Any: what it takes and gives, its writer knows."""


def function(title: str, lines: list[str], names: dict[str, Any]) -> Made:
    """The function that these lines define first.

    title: shown in place of a file, as in a traceback. names: what free names of the lines stand for; the function
    is put among them, and sees later changes.
    """
    exec(compile("\n".join(lines), f"<{title}>", "exec"), names)  # noqa: S102 (see above)
    made: Made = names[lines[0].removeprefix("def ").partition("(")[0]]
    return made
