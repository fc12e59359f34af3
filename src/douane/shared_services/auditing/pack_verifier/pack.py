"""Checks an evidence pack: one message, how it came, who signed it, and that it stands in a log that only grows.

    python verify.py PACK.zip [--key NAME+ID+BASE64] [--root ROOT.pem] [--payload FILE]

Needs Python 3.11 and the package ``cryptography``; no network, and nothing of the platform that made the pack. It was
written apart from that platform, from the published formats: RFC 6962 (log), C2SP signed notes, RFC 5280 (certificates
and revocation lists), RFC 3161 and 5652 (time-stamps), XML Signature with exclusive canonicalisation, WS-Security, the
SwA profile, RFC 7515 (tokens).

Every line says what holds, what FAILS, what is not proven (note), or what you must decide yourself (TRUST): a key in a
pack proves nothing until you compared its fingerprint with what its owner publishes, and named it. Exit codes: 0
everything holds, 1 something does not, 2 nothing was checked, 3 everything holds if the keys marked TRUST are who they
say they are.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from cryptography import x509

from douane.shared_services.auditing.pack_verifier.certificates import Trusted, named
from douane.shared_services.auditing.pack_verifier.channels import (
    LARGEST,
    Pieces,
    Wire,
    check_answer,
    check_channel,
    check_sent,
)
from douane.shared_services.auditing.pack_verifier.container import check_container, unzipped
from douane.shared_services.auditing.pack_verifier.log import Log, open_note, read_key
from douane.shared_services.auditing.pack_verifier.report import (
    FAILS,
    NOT_CHECKED,
    NOTE,
    TRUST,
    WORDS,
    Report,
    instant,
    need,
    when,
)
from douane.shared_services.auditing.pack_verifier.signed import check_signed
from douane.shared_services.auditing.pack_verifier.stamps import open_stamp

SEALED = ("manifest.json", "manifest.txt")
ABOUT = {
    0: "Everything in this pack holds.",
    1: "Something in this pack does not hold: rely only on what the lines above still prove.",
    3: "Everything in this pack holds, if the keys marked TRUST belong to whom they name.",
}


def examine(
    data: bytes, keys: Sequence[str], roots: Sequence[x509.Certificate], payload: bytes | None = None
) -> Report:
    """Check a pack against the keys and roots that the reader trusts. Never raises."""
    report = Report(keys, roots)
    pieces = report.obtain("container", lambda: unzipped(data))
    if pieces is None:
        return report
    report.check("container", lambda: check_container(data, pieces))
    log = report.obtain("log/evidence.json", lambda: Log(pieces["log/evidence.json"]))
    if log is None:
        return report
    report.check("manifest.txt", lambda: _manifest(pieces, log, report))
    if report.check("log/evidence.json", lambda: _key(log, report)) and _log(log, report):
        _message(pieces, log, report, payload)
        if log.lines["kind"] == "sent":
            _delivery(pieces, log, report)
        else:
            _transmission(pieces, log, report)
        if "answer/receipt.json" in pieces:
            report.check("answer/receipt.json", lambda: _receipt(pieces, log))
    _times(pieces, log, report)
    return report


def _times(pieces: Pieces, log: Log, report: Report) -> None:
    """By whose word the moments are between which the message was accepted."""
    if "time/token.der" in pieces:
        report.check("time/token.der", lambda: _stamp(pieces, log, report, "time/token.der"))
    else:
        report.say("time", "No time-stamp is in the pack: until when the message was accepted is the word of the"
                   " platform's log, as are all its times.", NOTE)  # fmt: skip
    if "earlier" not in log.content:
        report.say("time", "No state of the log without the message is in the pack: not before which moment it was"
                   " accepted is the platform's word.", NOTE)  # fmt: skip
    elif "time/earlier.der" in pieces:
        report.check("time/earlier.der", lambda: _stamp(pieces, log, report, "time/earlier.der"))
    else:
        report.say("time", "Nobody dated the state of the log without the message: its moment is the platform's word,"
                   " unless a witness of the log kept that state by then.", NOTE)  # fmt: skip


def _manifest(pieces: Pieces, log: Log, report: Report) -> str:
    """The manifest names every other file by its SHA-256, and the log's key signed the manifest."""
    lines = open_note(pieces["manifest.txt"].decode(), log.key)
    need(lines[0] == f"douane.pack.1 {read_key(log.key)[0]}" and len(lines) == 3, "It is no manifest of this log.")
    need(hashlib.sha256(pieces["manifest.json"]).hexdigest() == lines[1], "manifest.json is not the one signed.")
    stated: dict[str, str] = json.loads(pieces["manifest.json"])["pieces"]
    for name in sorted(stated.keys() | pieces.keys() - set(SEALED)):
        if hashlib.sha256(pieces.get(name, b"")).hexdigest() != stated.get(name):
            report.say(name, "It is not the file that the manifest names.", FAILS)
    return f"{read_key(log.key)[0]} made this pack of {len(stated)} files on {when(instant(int(lines[2][5:])))}."


def _key(log: Log, report: Report) -> str:
    name, public = read_key(log.key)
    fingerprint = hashlib.sha256(public).hexdigest()
    if any(read_key(each) == (name, public) for each in report.keys):
        return f"The key of the log {name} (fingerprint {fingerprint}) is one that you trust."
    report.say("log/evidence.json", f"The key of the log {name} has the fingerprint {fingerprint}: compare it with what"
               f" its operator publishes, then name it: --key {log.key}", TRUST)  # fmt: skip
    return ""


def _log(log: Log, report: Report) -> bool:
    """The leaf, what it discloses, its position, the promise; whether the leaf may be relied on."""
    held = report.check("log/evidence.json", log.leaf)
    for name in log.content.get("opening", {}):
        held &= report.check("log/evidence.json", lambda name=name: log.disclose(name))  # type: ignore[misc]  # mypy infers no types of lambda defaults
    held &= report.check("log/evidence.json", log.position)
    if "around" in log.content:
        held &= report.check("log/evidence.json", log.around)
    if "earlier" in log.content:
        held &= report.check("log/evidence.json", log.between)
    if "promise" in log.content:
        report.check("log/evidence.json", log.promise)
    return held


def _message(pieces: Pieces, log: Log, report: Report, payload: bytes | None) -> None:
    """The message is the one whose digest the leaf commits to."""
    if "message/body" not in pieces:
        report.say("message/body", "The message itself is not in the pack: its place in the log is proven, not its"
                   " content.", NOTE)  # fmt: skip
    else:
        report.check("message/body", lambda: _digest(pieces, log))
    if payload is not None:
        report.check("payload", lambda: _given(payload, pieces, log))


def _given(payload: bytes, pieces: Pieces, log: Log) -> str:
    same = payload == pieces.get("message/body") or hashlib.sha256(payload).hexdigest() == log.opened.get("payload")
    need(same, "The file that you gave is another message.")
    return "The file that you gave is the message."


def _digest(pieces: Pieces, log: Log) -> str:
    made = hashlib.sha256(pieces["message/body"])
    listed = json.loads(pieces.get("message/attachments.json", b"[]"))
    for each in listed:
        file = pieces.get(each["file"])
        need(
            file is None or hashlib.sha256(file).hexdigest() == each["sha256"], f"{each['file']} is another attachment."
        )
    if listed:
        names = "".join(f"{each['name']}\0{each['sha256']}\0" for each in listed)
        made = hashlib.sha256(made.digest() + names.encode())
    need(made.hexdigest() == log.opened.get("payload"), "It is not the message that the leaf commits to.")
    missing = [each["file"] for each in listed if each["file"] not in pieces]
    return "It is the message that the leaf commits to" + (
        f"; not in the pack: {', '.join(missing)}." if missing else "."
    )


def _transmission(pieces: Pieces, log: Log, report: Report) -> None:
    """How it came, and what that proves of its sender."""
    if "wire/statement.json" not in pieces:
        kept = ", though the leaf commits to it" if "wire" in log.lines else ""
        report.say("wire", f"How the message came is not in the pack{kept}: who sent it is the platform's word.", NOTE)
        return
    wire = report.obtain("wire/statement.json", lambda: Wire(pieces, log))
    if wire is not None:
        wire.parts(report)
        check_channel(wire, log, report)
        report.obtain("wire/statement.json", lambda: check_signed(wire, log, report))
        if "answer/receipt.xml" in pieces:
            report.check("answer/receipt.xml", lambda: check_answer(pieces, report))


def _delivery(pieces: Pieces, log: Log, report: Report) -> None:
    """What became of a message that the platform sent: its own word, and what the receiver signed."""
    if "delivery.json" in pieces:
        report.check("delivery.json", lambda: _steps(pieces, report))
    inner = {name.removeprefix("receipt/"): data for name, data in pieces.items() if name.startswith("receipt/")}
    if not inner:
        report.say("receipt", "No receipt that the receiver signed is in the pack: that it has the message is the"
                   " platform's word.", NOTE)  # fmt: skip
        return
    own = Report(report.keys, report.roots)
    place = own.obtain("log/evidence.json", lambda: Log(inner["log/evidence.json"]))
    if place is not None and own.check("log/evidence.json", lambda: _same(place, log)) and _log(place, own):
        own.check("message/body", lambda: _digest(inner, place) and "")
        wire = own.obtain("wire/statement.json", lambda: Wire(inner, place))
        if wire is not None:
            wire.parts(own)
            own.check("wire/body", lambda: check_sent(wire, pieces.get("message/body"), own))
    report.lines += [(state, f"receipt/{piece}", text) for state, piece, text in own.lines]


def _same(place: Log, log: Log) -> str:
    """The receipt stands in the same log, for the same message."""
    need(place.key == log.key, "The receipt stands in another log.")
    need(place.lines["operation"] == "@carried", "It is no receipt.")
    for name in ("message", "party", "subject"):
        mine, other = log.content["opening"].get(name), place.content["opening"].get(name)
        need(mine and other and mine["value"] == other["value"], f"The receipt is for another {name}.")
    return ""


def _steps(pieces: Pieces, report: Report) -> str:
    told = json.loads(pieces["delivery.json"])
    steps = "; ".join(f"{each['state']} {when(instant(each['at']))}" for each in told["steps"])
    report.say("delivery.json", f"The platform states what became of the message: {steps}.", NOTE)
    return ""


def _receipt(pieces: Pieces, log: Log) -> str:
    """The receipt names this leaf, this message and this time."""
    content = json.loads(pieces["answer/receipt.json"])
    facts = {"id": log.opened.get("message"), "digest": log.opened.get("payload"), "leaf": log.hash.hex(),
             "case": log.opened.get("subject"),
             "received": log.received.isoformat(timespec="milliseconds").replace("+00:00", "Z")}  # fmt: skip
    for name, value in facts.items():
        need(value is None or content[name] == value, f"The receipt names another {name}.")
    base64.b64decode(content["promise"], validate=True)
    return f"The receipt {content['receipt']} that was given names this leaf, message and time."


def _stamp(pieces: Pieces, log: Log, report: Report, piece: str) -> str:
    """A third party's time over a checkpoint: of the one with the message, or of the one without it."""
    without = piece == "time/earlier.der"
    note = log.content["earlier"]["checkpoint"] if without else log.content["checkpoint"]
    stamp = open_stamp(pieces[piece], str(note).encode())
    if without:
        late = log.committed is None or log.committed.timestamp() > stamp.at.timestamp() - 300 or log.went_back
        need(late, "The message is dated before a state of the log that lacks it.")
    else:
        need(stamp.at.timestamp() > log.received.timestamp() - 300, "The time-stamp is older than the message.")
    trusted = Trusted()
    if "time/authorities.pem" in pieces:
        trusted.authorities = x509.load_pem_x509_certificates(pieces["time/authorities.pem"])
    trusted.judge(stamp.chain, stamp.at, report, piece)
    which = "the state without the message" if without else "the checkpoint"
    return f"{named(stamp.chain[0])} states that {which} existed on {when(stamp.at)}."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the program."""
    parser.add_argument("pack", type=Path, help="the pack")
    parser.add_argument(
        "--key", action="append", default=[], help="a key of a log that you trust: NAME+ID+BASE64, or a file"
    )
    parser.add_argument("--root", action="append", default=[], type=Path, help="certificates that you trust (PEM)")
    parser.add_argument("--payload", type=Path, help="the message as you have it, to be compared")
    parser.add_argument("--json", action="store_true", help="the verdict for programs")


def run(arguments: argparse.Namespace, pack: Path, out: TextIO) -> int:
    """Check and write the verdict; returns the exit code."""
    try:
        keys = [line for text in arguments.key
                for line in ([text] if "+" in text else Path(text).read_text().split())]  # fmt: skip
        [read_key(each) for each in keys]
        roots = [each for path in arguments.root for each in x509.load_pem_x509_certificates(path.read_bytes())]
        payload = arguments.payload.read_bytes() if arguments.payload else None
        with pack.open("rb") as file:
            data = file.read(LARGEST + 1)
        need(len(data) <= LARGEST, "It is larger than any pack.")
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with a file, the reader is told and nothing is checked
        out.write(f"Nothing was checked: {problem}\n")
        return NOT_CHECKED
    report = examine(data, keys, roots, payload)
    code = report.verdict()
    if arguments.json:
        lines = [{"piece": piece, "verdict": WORDS[state], "text": text} for state, piece, text in report.lines]
        out.write(json.dumps({"verdict": WORDS[code], "findings": lines}, indent=1) + "\n")
    else:
        out.writelines(f"{WORDS[state]:>6}  {piece}: {text}\n" for state, piece, text in report.lines)
        out.write(ABOUT[code] + "\n")
    return code


def main() -> int:
    """The program by itself."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Check an evidence pack, offline.")
    add_arguments(parser)
    arguments = parser.parse_args()
    return run(arguments, arguments.pack, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
