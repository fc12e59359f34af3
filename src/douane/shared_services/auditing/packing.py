"""Evidence packs: the files that prove one message, the signed manifest over them, and the program that checks them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from typing import Final

from douane.shared_services.auditing.pack_verifier.container import zipped
from douane.standards.transparency_log.note import Signer

FORMAT: Final = "douane.pack.1"
VERIFIER: Final = "douane.shared_services.auditing.pack_verifier"
_MODULES: Final = (
    "report", "container", "log", "certificates", "xml", "signatures", "stamps", "channels", "signed", "pack",
)  # fmt: skip
"""In the order in which one needs the other; the last one says what the program is."""
_README: Final = """EVIDENCE OF ONE MESSAGE

This pack was made by {origin}. It concerns message {message}, {direction} {party}.

To check it you need Python 3.11 or newer with the package cryptography, no network, and no access to the platform:

    python verify.py PACK.zip --key {key} --root ROOT.pem

Do not take the key or the root certificate from this file: compare their fingerprints with what the operator of the
platform, and the authority of the sender's certificate, publish elsewhere. Better still, run a copy of verify.py that
you had from elsewhere: its text is published with the platform.

What is here, and what it is good for
  manifest.json, manifest.txt   the SHA-256 of each file, and the platform's signature over them
  log/evidence.json             the platform's record of the message (leaf), its place in a log that only grows
                                (RFC 6962), the signature of the log, the promise given with the receipt
  message/                      the message as the platform took it, and its attachments
  wire/                         how it came: statement.json names the parts; body are the original octets where they
                                differ from the message; certificates, token and content key of this message
  trust/                        by which authorities, revocation lists and token keys the sender was judged then
  answer/                       what the platform answered
  delivery.json                 of a message that the platform sent: what became of it, as the platform states it
  receipt/                      the receipt that its receiver signed (message/body), its own place in the log, and the
                                octets that were signed for (wire/)
  time/                         time-stamps (RFC 3161) of a third party: over the log's signed state with the message
                                (token.der), and over one without it (earlier.der): between both it was accepted

What no pack proves: that the platform reported every message; what a person knew; the time, beyond the clock of the
platform, where time/ is absent; who sat at a connection that carried no signature (REST, queues): there the pack holds
the platform's word, fixed at the time of the message.
"""


def packed(pieces: Mapping[str, bytes], facts: Mapping[str, str], signer: Signer, now: int) -> bytes:
    """The pack of these files. ``facts``: message, direction and party, for people. ``now``: microseconds UTC."""
    readme = _README.format(origin=signer.key.name, key=signer.key.text(), **facts)
    whole = {"README.txt": readme.encode(), "verify.py": program(), **pieces}
    manifest = {"format": FORMAT, **facts, "pieces": {name: sha256(whole[name]).hexdigest() for name in sorted(whole)}}
    listed = json.dumps(manifest, indent=1).encode() + b"\n"
    note = signer.sign(f"{FORMAT} {signer.key.name}\n{sha256(listed).hexdigest()}\ntime {now}\n")
    ordered = {"README.txt": whole.pop("README.txt"), "manifest.json": listed, "manifest.txt": note.encode()}
    return b"".join(part for _, part in zipped(ordered | {name: whole[name] for name in sorted(whole)}))


def program() -> bytes:
    """The verifier as one file: its modules joined, what they import from each other left out."""
    imports: dict[str, set[str]] = {}
    bodies: list[str] = []
    title = ""
    for name in _MODULES:
        text = (resources.files(VERIFIER) / f"{name}.py").read_text(encoding="utf-8")
        tree = ast.parse(text)
        title = ast.get_docstring(tree, clean=False) or ""
        found = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in found:
            source = f"from {node.module} import" if isinstance(node, ast.ImportFrom) else "import"
            if VERIFIER not in source and "__future__" not in source:
                imports.setdefault(source, set()).update(ast.unparse(each) for each in node.names)
        bodies.append("\n".join(text.splitlines()[found[-1].end_lineno :]).strip("\n"))
    plain = [f"import {each}" for each in sorted(imports.pop("import"))]
    named = [f"{source} {', '.join(sorted(names))}" for source, names in sorted(imports.items())]
    head = ["from __future__ import annotations", "", *plain, *named]
    return "\n".join([f'"""{title}"""', "", *head, "", "", "\n\n\n".join(bodies), ""]).encode()
