"""What is in a message: texts that are parsed, files, requests for certificates, codes that are guessed."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtensionOID, NameOID

from tests.hostile import messages
from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene, mrn_in, scene
from tests.hostile.union import Shape, Union


def _keepers(data: Path) -> None:
    """Let traders' programs ask for certificates: the demonstration's clients may not, their persons may."""
    register = data / "identity/clients.toml"
    role = '"holder of the transit procedure"'
    register.write_text(register.read_text().replace(role, f'{role},"keeper of keys"'))


KEEPING = Shape("keepers of keys", prepare=_keepers)
LODGE = "transit.lodge_declaration"


def _draft(s: Scene, name: str, content: str = "{}") -> int:
    """A trader of his own saves a draft; the status of the answer."""
    said = {"name": name, "operation": LODGE, "turn": 0, "content": content}
    return s.stranger.order("drafts", "save", said, s.id("V")).status_code


@attempt("again 7", open_at=SECOND)
def nested_draft_is_set_aside(union: Union) -> Effect:
    """A trader saves a draft of 200,000 levels and changes it: two operators have to get rid of it (again 7)."""
    s = scene(union)
    name = f"nested-{s.n:08}"
    saved = _draft(s, name, '{"a":' * 200_000 + "1" + "}" * 200_000)
    change = {"name": name, "turn": 1, "changes": [{"path": "/b", "value": '"1"'}]}
    changed = s.stranger.order("drafts", "change", change, s.id("C")).status_code
    s.settled()
    aside = "drafts.change" in s.node.douane("message", "quarantine").stdout
    told = "set aside as a fault of ours" if aside else "not set aside"
    return Effect(aside, f"saved {saved}, changed {changed}; the change is {told}")


@attempt("again 10", open_at=SECOND)
def access_code_is_told_to_a_stranger(union: Union) -> Effect:
    """A stranger names another's guarantee in his declarations, and is told when its code is right (again 10)."""
    s, told = scene(union), dict[str, str]()
    mine = s.guarantee()
    for what, grn, code in (
        ("no such guarantee", messages.grn("FR", 9_000_000 + s.n), messages.CODE), ("a wrong code", mine, "ZZZZ"),
        ("the right code", mine, messages.CODE),
    ):  # fmt: skip
        lrn, id = f"{s.lrn[:-4]}{what[:1].upper()}{s.n:03}", s.id(what[:3].strip().upper())
        text = messages.declaration(lrn, id, sender=messages.STRANGER, holder=messages.STRANGER, grn=grn, code=code)
        s.lodge(text.replace(f"6{messages.HOLDER}QS1", f"6{messages.STRANGER}QS1"), by=s.stranger)
        mrn = mrn_in(s.stranger.needs("CC928C", id).body + s.stranger.needs("CC028C", id).body)
        refused = s.stranger.needs("CC055C", mrn).body
        told[what] = re.sub(r".*?(<GuaranteeReference>.*</GuaranteeReference>).*", r"\1", refused, flags=re.DOTALL)
        told[what] = told[what].replace(grn, "GRN")
    codes = ", ".join(f"{what}: {' '.join(re.findall('<code>([^<]*)', each))}" for what, each in told.items())
    return Effect(len(set(told.values())) > 1, codes)


@attempt("again 13", open_at=SECOND)
def disguised_files_of_a_draft(union: Union) -> Effect:
    """A program attaches to a draft what its page refuses: pages, programs, archives, names that climb (again 13)."""
    s = scene(union)
    name, turn = f"files-{s.n:08}", 1
    _draft(s, name)
    s.settled()
    for file, media, octets in (
        ("evil.html", "text/html", b"<script>alert(1)</script>"), ("invoice.pdf.exe", "application/pdf", b"%PDF-1.7"),
        ("x.pdf", "application/pdf", b"MZ this is no pdf"), ("../../etc/x.pdf", "application/pdf", b"%PDF-1.7"),
        ("z.svg", "image/svg+xml", b"<svg onload='1'/>"), ("b.zip", "application/zip", b"PK\3\4"),
    ):  # fmt: skip
        root = json.dumps({"name": name, "turn": turn}).encode()
        body = b"--B\r\nContent-Type: application/json\r\nContent-ID: <root>\r\n\r\n" + root
        head = f"\r\n--B\r\nContent-Type: {media}\r\nContent-ID: <{file}>\r\n\r\n".encode()
        kind = {"content-type": 'multipart/related; type="application/json"; boundary=B'}
        s.stranger.client.post("/drafts/v1/attach", content=body + head + octets + b"\r\n--B--\r\n", headers=kind)
        s.settled()
        turn = s.stranger.order("drafts", "show", {"name": name}).json()["turn"]
    kept = [each["name"] for each in s.stranger.order("drafts", "show", {"name": name}).json()["files"]]
    return Effect(bool(kept), f"{len(kept)} of 6 are files of the draft, as what they say: {', '.join(kept) or 'none'}")


@attempt("again 15", open_at=SECOND)
def strange_names_in_a_request_fail_the_core(union: Union) -> Effect:
    """A request for a certificate with names that nobody reads is a fault of the node, and told as one (again 15)."""
    s, answers = scene(union, KEEPING), dict[str, int]()
    key = ec.generate_private_key(ec.SECP256R1())
    for kind, octets in (("ediPartyName", "3006a504a1020c00"), ("x400Address", "3004a3023000")):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "our program")])
        strange = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, bytes.fromhex(octets))
        made = x509.CertificateSigningRequestBuilder(name).add_extension(strange, critical=False)
        pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        asked = {"owner": "FR40123456700017", "request": pem}
        answers[kind] = s.holder.order("accounts", "ask_certificate", asked, s.id(kind[:4])).status_code
    if 403 in answers.values():
        raise CannotBePlayed("the trader's program may not ask for a certificate")
    failed = [kind for kind, status in answers.items() if status >= 500]
    return Effect(bool(failed), ", ".join(f"{kind}: {status}" for kind, status in answers.items()))
