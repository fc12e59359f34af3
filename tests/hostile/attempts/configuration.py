"""What a wrong setting does: whether it is named before anybody depends on it."""

from __future__ import annotations

import re

from tests.hostile.attempt import Effect, attempt
from tests.hostile.union import Shape, Union

SECONDS = 15.0


def _started(union: Union, shape: Shape, extra: str = "") -> tuple[bool, int | None, str]:
    """Whether a node with such settings says it is ready; its exit code, and what it printed."""
    node = union.unstarted(shape)
    try:
        node.start(unready=True, seconds=SECONDS)
        return node.ready, node.exit_code, node.said
    finally:
        node.stop()


@attempt("security smaller", "issue 9 part 4")
def port_that_cannot_be(union: Union) -> Effect:
    """A port above 65535 ends the start in a traceback, or not at all (security smaller)."""
    ready, code, said = _started(union, Shape("high-port", {"ports": {"speed2": 70000}}))
    traced = "Traceback" in said
    last = (said.strip().splitlines() or ["nothing"])[-1][:90]
    return Effect(ready or code != 2 or traced, f"exit {code}{', a traceback' if traced else ''}: {last}")


@attempt("security smaller")
def port_of_no_platform(union: Union) -> Effect:
    """A misspelt platform among the ports is taken without a word, and its door opens elsewhere (security smaller)."""
    ready, code, said = _started(union, Shape("misspelt-port", {"ports": {"spede2": 0}}))
    named = "spede2" in said
    return Effect(ready and not named, f"the node {'says it is ready' if ready else f'ends with {code}'}, "
                  f"{'naming' if named else 'not naming'} the word")  # fmt: skip


@attempt("security 9", "security smaller")
def carrier_that_nobody_reaches(union: Union) -> Effect:
    """The carrier of the queues is away, the node is ready, and nothing judges its settings (security 9)."""
    carrier = {"queues": "amqp://u:s@127.0.0.1:1/", "elsewhere": ["BE"], "queue_users": {"nta-be": "BE"}}
    node = union.unstarted(Shape("no-carrier", carrier))
    judged = node.douane("doctor")
    said = judged.stdout + judged.stderr
    named = judged.returncode != 0 and re.search(r"127\.0\.0\.1(:|, port )1\b", said) is not None
    return Effect(not named, f"doctor ends with {judged.returncode}, {'naming' if named else 'not naming'} the carrier")
