"""Faults that break a requirement which docs/security.json calls met; each is put into a copy of the product.

Which requirements is not chosen: those twenty whose numbers have the smallest digests. Whoever calls another one met,
or one no more, may be asked for a fault here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tools.security_page import Mapping, Requirement, State

DRAWN = 20
_SRC = "src/douane"


@dataclass(frozen=True)
class Fault:
    """What somebody could have written: in a file, in place of what stands there once."""

    file: str
    right: str
    wrong: str


def drawn(mapping: Mapping) -> list[Requirement]:
    """The requirements that a fault has to be noticed for."""
    met = [each for each in mapping.requirements if each.state is State.MET]
    return sorted(met, key=lambda each: hashlib.sha256(f"25 {each.id}".encode()).hexdigest())[:DRAWN]


FAULTS = {
    "V1.2.7": Fault(
        f"{_SRC}/standards/xml_signature/identifiers.py",
        '_IDS = etree.XPath("//@Id',
        'named = lambda id: etree.XPath("//*[@Id=\'" + id + "\']")\n_IDS = etree.XPath("//@Id',
    ),
    "V5.3.1": Fault(
        f"{_SRC}/shared_services/web/requests.py",
        '        raise NotFound("Nothing is served at this address."',
        '        if request.path.startswith("/payloads/"):\n'
        "            return Response(200, str(eval(request.path[10:])).encode())\n"
        '        raise NotFound("Nothing is served at this address."',
    ),
    "V5.4.1": Fault(
        f"{_SRC}/channels/browser/safety.py",
        "f'attachment; filename=\"{quote(name, safe=\"-._\")}\"'",
        '"inline"',
    ),
    "V6.8.3": Fault(
        f"{_SRC}/identity/federating/answers.py",
        "if self.seal.take(kind, name, Flow) is None",
        "if self.seal.open(kind, name, Flow) is None",
    ),
    "V7.6.1": Fault(
        f"{_SRC}/identity/federating/leaving.py",
        'return provider, str(said["sub"])',
        'return provider, str(said.get("sid", ""))',
    ),
    "V9.2.4": Fault(f"{_SRC}/platforms/uumds/entry.py", "if asked in open_to:", "if asked in self._audiences:"),
    "V10.2.1": Fault(
        f"{_SRC}/identity/federating/federation.py", 'return _made(b"verifier", self.salt)', 'return "v" * 43'
    ),
    "V10.3.3": Fault(f"{_SRC}/identity/register.py", "if other is not client:", "if other is None:"),
    "V10.4.4": Fault(
        f"{_SRC}/platforms/uumds/entry.py",
        'if form.get("grant_type") not in (CREDENTIALS, EXCHANGE):',
        'if not form.get("grant_type"):',
    ),
    "V10.4.10": Fault(f"{_SRC}/platforms/uumds/entry.py", "if known is None or not right:", "if known is None:"),
    "V10.5.1": Fault(
        f"{_SRC}/identity/federating/federation.py",
        "(not hmac.compare_digest(claims.nonce.encode(), nonce.encode()), ",
        "(not claims.nonce, ",
    ),
    "V11.3.1": Fault(
        f"{_SRC}/standards/xml_encryption/keys.py",
        'if how.get("Algorithm") != names.RSA_OAEP or found != wanted:',
        'if "rsa" not in how.get("Algorithm", ""):',
    ),
    "V13.4.1": Fault(
        f"{_SRC}/shared_services/web/requests.py",
        '        raise NotFound("Nothing is served at this address."',
        '        if request.path == "/.git/config":\n            return Response(200, b"[core]")\n'
        '        raise NotFound("Nothing is served at this address."',
    ),
    "V13.4.3": Fault(
        f"{_SRC}/shared_services/web/requests.py",
        '        raise NotFound("Nothing is served at this address."',
        '        if request.path.endswith("/"):\n'
        '            return Response(200, "\\n".join(sorted(methods)).encode())\n'
        '        raise NotFound("Nothing is served at this address."',
    ),
    "V13.4.5": Fault(f"{_SRC}/platforms/operations/entry.py", "            guard(request)", "            pass"),
    "V14.3.2": Fault(
        f"{_SRC}/shared_services/web/browsers.py", '("cache-control", "no-store")', '("cache-control", "max-age=60")'
    ),
    "V15.2.2": Fault(
        f"{_SRC}/runtime/turns/spending.py",
        "            self.strangers.charge(asker.name, now, ms)",
        "            self.strangers.charge(asker.name, now, 0)",
    ),
    "V15.3.2": Fault(
        f"{_SRC}/shared_services/web/sending.py",
        "    return Answer(answering.status, answering.headers, body)",
        '    if 300 <= answering.status < 400:\n'
        '        return await answer_to(sender, Request("GET", answering.headers["location"], {}), most)\n'
        "    return Answer(answering.status, answering.headers, body)",
    ),
    "V16.3.2": Fault(
        f"{_SRC}/runtime/door/traces.py", "if now - self._left.get(what, -MINUTE) < MINUTE:", "if what:"
    ),
    "V16.5.3": Fault(
        f"{_SRC}/trust/following.py",
        "            self._failed = stamp\n",
        "            self._held = self._failed = stamp\n",
    ),
}  # fmt: skip
"""By the number of the requirement."""
