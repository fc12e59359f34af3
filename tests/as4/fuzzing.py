"""Secured envelopes cut up and put together wrongly; ``python -m tests.as4.fuzzing SECONDS`` searches for longer.

Whatever comes in, the library answers with an error of our tree, or reads what it would have read.
"""

from __future__ import annotations

import random
import re
import sys
import time

from douane.standards.as4.opening import prove, read_claims
from douane.standards.as4.profiles import V1, SecurityProfile
from douane.standards.as4.reading import read_envelope
from douane.standards.as4.tests.exchange import BOTH, NOW, XML, send, user_message
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import DouaneError

Seed = tuple[SecurityProfile, list[bytes]]
VALUES = [b'""', b'"x"', b'"#"', b'"cid:"', b'"#messaging"', b'"http://www.w3.org/2000/09/xmldsig#"']
TEXTS = [b"", b" ", b"AA==", b"\xff", b"<!-- -->", b"&#0;", b"A" * 2000, b"-1", b"9" * 500]


def seeds() -> list[Seed]:
    """Messages of both profiles, with every form of naming a certificate and every key transport, in tokens."""
    sent = [(p, send(user_message(XML, XML), XML, XML, profile=p)) for p in BOTH]
    sent += [(V1, send(user_message(XML), XML, form=form, recipient_form=form)) for form in TokenForm]
    agreed = (KeyMethod.ECDH_CONCAT, KeyMethod.ECDH_HKDF)
    sent += [(V1, send(user_message(XML), XML, method=method, to="p256")) for method in agreed]
    return [(profile, re.findall(rb"<[^>]+>|[^<]+", each.secured.envelope)) for profile, each in sent]


def mutated(tokens: list[bytes], draw: random.Random) -> bytes:
    """An envelope with one to three changes."""
    made = list(tokens)
    for _ in range(draw.randrange(1, 4)):
        at, other = draw.randrange(len(made)), draw.randrange(len(made))
        match draw.randrange(7):
            case 0:
                del made[at]
            case 1:
                made.insert(at, made[other])
            case 2:
                made[at] = made[other]
            case 3:
                made[at] = made[at][:-3] + bytes((draw.randrange(256),)) + made[at][-2:]
            case 4:
                made[at] = re.sub(rb'"[^"]*"', lambda found: draw.choice([*VALUES, found[0]]), made[at])
            case 5:
                made[at] = draw.choice(TEXTS)
            case _:
                made[at], made[other] = made[other], made[at]
    return b"".join(made)


def attempt(profile: SecurityProfile, data: bytes) -> bool:
    """Read, unwrap and prove; whether it could be read at all. Raises what is no error of our tree."""
    try:
        envelope = read_envelope(data)
        claims = read_claims(envelope, profile, encrypted=False)
    except DouaneError:
        return False
    for kind in ("rsa2", "x25519", "p256"):
        try:
            if claims.key is not None:
                claims.key.content_key(end(kind).key)
        except DouaneError:
            continue
    for kind in ("rsa", "ed25519"):
        try:
            prove(envelope, claims, end(kind).public, {}, NOW)
        except DouaneError:
            continue
    return True


def search(cases: int, seconds: float, seed: int) -> tuple[int, int]:
    """Try so many cases, at most so long; how many were tried, and read."""
    draw, known = random.Random(seed), seeds()
    tried = read = 0
    finish = time.monotonic() + seconds
    while tried < cases and time.monotonic() < finish:
        profile, tokens = draw.choice(known)
        tried += 1
        read += attempt(profile, mutated(tokens, draw))
    return tried, read


if __name__ == "__main__":
    print(search(1 << 62, float(sys.argv[1]), int(time.time())))
