"""Who read what: what is left when somebody looks at customs data of others, and who is named for what was taken."""

from __future__ import annotations

import re

from tests.hostile import messages
from tests.hostile.attempt import Effect, attempt
from tests.hostile.party import CannotBePlayed, Party
from tests.hostile.scene import Scene, scene
from tests.hostile.union import Node, Union, wait_for

DURABLE_SECONDS = 4.0
"""Within which what was read must stand in the audit log; the node itself promises one."""


def _leaves(node: Node) -> int:
    """How many leaves the audit log has."""
    shown = node.client("operator", "operations").get("/metrics").text
    found = re.findall(r"^douane_audit_leaves(?:_total)?(?:\{[^}]*\})? ([0-9.e+]+)$", shown, re.MULTILINE)
    if not found:
        raise CannotBePlayed("the node does not count its leaves")
    return int(sum(map(float, found)))


def _evidence(node: Node, before: int, what: str) -> Effect:
    wait_for(lambda: _leaves(node) > before, DURABLE_SECONDS, 0.5)
    after = _leaves(node)
    return Effect(after == before, f"{after - before} leaves after {what}")


@attempt("security 15")
def officer_reads_unseen(union: Union) -> Effect:
    """An officer looks up a trader's movement five times, and the audit log has no leaf more (security 15)."""
    s = scene(union)
    mrn = s.released()
    s.settled()
    before = _leaves(s.node)
    shown = [s.state(mrn, s.officer("FR")) for _ in range(5)]
    if "released" not in shown:
        raise CannotBePlayed("the officer is not shown the movement")
    return _evidence(s.node, before, "five queries of an officer")


@attempt("security 15")
def operator_reads_unseen(union: Union) -> Effect:
    """Who operates the node reads a timeline and a whole message, and no leaf says so (security 15)."""
    s = scene(union)
    mrn = s.released()
    s.settled()
    before = _leaves(s.node)
    timeline = s.node.douane("timeline", mrn).stdout
    shown = s.node.douane("message", "show", s.id("D")).stdout
    if mrn not in timeline or messages.HOLDER not in shown:
        raise CannotBePlayed("timeline and message show nothing")
    return _evidence(s.node, before, "a timeline and a message with its content")


@attempt("security 6", "issue 9 part 3")
def delegate_takes_a_message_in_anothers_name(union: Union) -> Effect:
    """A delegate acknowledges a message of the principal; nothing says that it was not the principal (security 6)."""
    s = scene(union)
    token = s.node.token("representative.be", acting_for=messages.HOLDER)
    if not token:
        raise CannotBePlayed("the delegate gets no token although it has the role")
    delegate = Party(s.node.client("representative.be"), {"authorization": f"Bearer {token}"})
    sent = delegate.send(messages.declaration(s.lrn, s.id("D"), prelodged=True))
    if sent.status_code != 202:
        raise CannotBePlayed(f"the delegate cannot lodge: {sent.status_code}")
    answer = delegate.gets("CC928C", s.id("D"))
    if answer is None or delegate.acknowledge(answer.id).status_code >= 300:
        raise CannotBePlayed("the delegate cannot take the answer to its own message")
    return _named(s, answer.message or answer.id)


def _named(s: Scene, message: str) -> Effect:
    told = s.node.douane("timeline", s.id("D"), "--json").stdout + s.node.douane("message", "show", message).stdout
    named = "representative.be" in told or "BE0123456789" in told
    said = "names" if named else "does not name"
    return Effect(not named, f"the record of who lodged and who took the answer {said} the delegate")


@attempt("security smaller")
def answers_may_be_kept_by_caches(union: Union) -> Effect:
    """An inbox is answered without a word that caches must not keep it (security, smaller)."""
    s = scene(union)
    s.lodge(messages.declaration(s.lrn, s.id("D"), prelodged=True))
    s.holder.needs("CC928C", s.id("D"))
    answer = s.holder.client.get("/v1/inbox")
    stored = "no-store" not in answer.headers.get("cache-control", "")
    plain = "strict-transport-security" not in answer.headers
    missing = [name for name, lacks in (("no-store", stored), ("HSTS", plain)) if lacks]
    count = answer.text.count('"id"')
    return Effect(bool(missing), f"a page with {count} messages lacks {' and '.join(missing) or 'nothing'}")
