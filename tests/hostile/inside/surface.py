"""Where a tree keeps what the scripts here need, and how it writes an envelope: the only place that knows releases.

Scripts of this folder run with the interpreter of the tree under test and import what that tree has.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import ssl
import time
from pathlib import Path
from typing import Any

KINDS = {"trader": "untrusted", "officer": "trusted", "member_state": "trusted", "service": "internal"}


def module(*names: str) -> Any:
    """The first of these modules that the tree has, in the order of newer to older."""
    for name in names:
        try:
            return importlib.import_module(f"douane.{name}")
        except ModuleNotFoundError as missing:
            if not (missing.name or "").startswith("douane"):
                raise
    raise SystemExit(f"this tree has none of {', '.join(names)}")


frames = module("shared_services.link.frames")
translation = module("shared_services.link.translation")
envelopes = module("runtime.store.envelope", "runtime.envelope")
links = module("runtime.door.link", "runtime.link")
circles = module("model.circles")


def caller(id: str, kind: str, party: str, circle: str = "") -> Any:
    """Who acts, as a tree with one caller value has it."""
    values = module("model.caller", "runtime.store.caller")
    actor = circles.ActorKind(kind)
    administration = id[:2].upper() if kind in ("officer", "member_state") else ""
    identifier = administration if kind == "member_state" else party
    made = values.Party(values.PARTY_KINDS[actor], identifier)
    strength = values.Strength.CERTIFICATE
    return values.Caller(id, actor, circles.Circle(circle or KINDS[kind]), made, administration, strength=strength)


def hello(platform: str) -> Any:
    """The greeting of a door; since its clock is compared, with what that says."""
    now = (int(time.time() * 1e6),) if "now" in frames.Hello.__struct_fields__ else ()
    return frames.Hello(frames.VERSION, platform, "captured", *now)


def arrival(step: dict[str, Any]) -> Any:
    """A message as a door hands it over. step: id, sender, kind, circle, platform, operation, administration, media,
    body; ``client`` where the id of the client differs from its party."""
    body, received = step["body"].encode(), int(time.time() * 1e6)
    digest = hashlib.sha256(body).digest()
    kind = step.get("kind", "trader")
    if "origin" in envelopes.Envelope.__struct_fields__:
        origins = module("runtime.store.origin")
        who = caller(step.get("client", step["sender"]), kind, step["sender"], step["circle"])
        origin = origins.Origin(who, step["id"], received, step["platform"], "rest")
        content = origins.Content(origins.Media[step["media"]], body, digest)
        envelope = envelopes.Envelope(
            envelopes.RowKind.MESSAGE, step["operation"], step["administration"], origin, content
        )
        return envelopes.Arrival(envelope)
    return envelopes.Arrival(
        envelopes.Envelope(
            step["id"], step["sender"], step["circle"], step["platform"], "rest", step["operation"],
            step["administration"], envelopes.Media[step["media"]], body, digest, received,
        )
    )  # fmt: skip


def lie(step: dict[str, Any]) -> Any:
    """The same with another message than its body, as a tree carries one that takes it from doors; else without."""
    catalogues, discovery = (
        module("runtime.catalogue.catalogue"),
        module("configuration.discovery", "assembly.discovery"),
    )
    message = catalogues.Catalogue(discovery.services()).read_document(step["told"].encode())
    return translation.arrival(envelopes.Arrival(arrival(step).envelope, message))


def question(step: dict[str, Any]) -> Any:
    """A query as a door puts it."""
    who: Any = step["caller"]
    if "Caller" in str(links.Question.__annotations__["caller"]):
        who = caller(step.get("client", step["caller"]), step.get("kind", "trader"), step["caller"])
    known = {
        "operation": step["operation"], "administration": step["administration"], "caller": who,
        "roles": frozenset(step.get("roles", ())), "request": step["request"],
    }  # fmt: skip
    fields = links.Question.__annotations__
    return translation.question(links.Question(**{name: value for name, value in known.items() if name in fields}))


def reader(step: dict[str, Any]) -> Any:
    """Whose inbox a door reads: the caller where a tree has him, else the name of the party."""
    if not hasattr(links, "Reader"):
        return step["party"]
    kind = step.get("kind", "trader")
    return links.Reader(caller(step.get("client", step["party"]), kind, step["party"]), "", frozenset({"inbox"}))


def tls(identity: Path, client: str) -> ssl.SSLContext:
    """A context with the certificate of a client of the node."""
    context = ssl.create_default_context(cafile=str(identity / "root.pem"))
    context.load_cert_chain(identity / "clients" / f"{client}.pem", identity / "clients" / f"{client}.key")
    return context


def tell(facts: dict[str, Any]) -> None:
    """The facts for the attempt that asked, as the last line."""
    print(json.dumps(facts))
