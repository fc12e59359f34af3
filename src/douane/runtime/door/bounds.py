"""What no door of ours hands over: sizes and shapes beyond which the core refuses an envelope, whoever sends it.

The core holds what it takes in memory, and for ever; names become parts of keys. A door that was taken over is believed
neither a size nor a name.
"""

from __future__ import annotations

import re
from typing import Final

from douane.model.caller import Caller
from douane.runtime.store.bodies import Codec
from douane.runtime.store.envelope import Envelope
from douane.runtime.store.transmission import Transmission
from douane.vocabulary.errors import NotValid, TooLarge
from douane.vocabulary.faults import NAMED

LARGEST_BODY = 8 * 1024 * 1024
"""Octets of a message that the core takes, whatever a door was set to or says."""
MOST_ATTACHMENTS = 1_000
LONGEST_NAME: Final = 1_000
"""Characters of anything by which something is known."""
LONGEST_TEXT: Final = 16_000
LARGEST_BESIDE: Final = 64 * 1024
MOST_CERTIFICATES: Final = 32
MOST_OFFICES: Final = 10_000
_ADMINISTRATION = re.compile(r"[A-Z]{2}").fullmatch
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch


def refuse_beyond(envelope: Envelope) -> None:
    """Raise TooLarge or NotValid for an envelope beyond the bounds."""
    content, origin = envelope.content, envelope.origin
    _must_hold("octets", len(content.body), LARGEST_BODY)
    _must_hold("attachments", len(content.attachments), MOST_ATTACHMENTS)
    _must_hold("faults", len(envelope.faults), NAMED)
    _must_hold("certificates", len(envelope.certificates), MOST_CERTIFICATES)
    _must_hold("octets of an answer", len(envelope.answer), LARGEST_BODY)
    longest = max(map(len, (
        origin.id, origin.channel, origin.correlation, origin.trace, origin.wire, origin.conversation,
        envelope.operation, envelope.about, envelope.relay_to,
    )))  # fmt: skip
    _must_hold("characters of a name", longest, LONGEST_NAME)
    for certificate in envelope.certificates:
        _must_hold("octets of a certificate", len(certificate), LARGEST_BESIDE)
    for fault in envelope.faults:
        _must_hold("characters of a fault", max(map(len, fault[:5])), LONGEST_TEXT)
    for each in content.attachments:
        _must_hold("characters of an attachment", max(len(each.name), len(each.media_type)), LONGEST_NAME)
        if not _DIGEST(each.digest) or each.size < 0:
            raise _of_no_shape("an attachment without a digest")
    if not _ADMINISTRATION(envelope.administration):
        raise _of_no_shape(f"the administration {envelope.administration[:40]!r}")
    if content.codec is not Codec.PLAIN:
        raise _of_no_shape("a compressed body")
    if envelope.transmission is not None:
        _must_be_bounded(envelope.transmission)


def refuse_unnamed(caller: Caller) -> None:
    """Raise TooLarge or NotValid for a caller whose names are beyond the bounds."""
    longest = max(map(len, (caller.id, caller.party.identifier, caller.by, caller.person, caller.via)))
    _must_hold("characters of a name", longest, LONGEST_NAME)
    _must_hold("offices", len(caller.offices), MOST_OFFICES)
    if caller.administration and not _ADMINISTRATION(caller.administration):
        raise _of_no_shape(f"the administration {caller.administration[:40]!r}")


def _must_be_bounded(sent: Transmission) -> None:
    _must_hold("octets of a transmission", len(sent.body) + len(sent.statement), 2 * LARGEST_BODY)
    _must_hold("octets of a token", max(len(sent.token), len(sent.key)), LARGEST_BESIDE)
    _must_hold("characters of a name", len(sent.id), LONGEST_NAME)
    if sent.stored and not _DIGEST(sent.stored):
        raise _of_no_shape("a transmission without a digest")


def _must_hold(what: str, size: int, most: int) -> None:
    if size > most:
        raise TooLarge(f"A message of {size} {what} does not cross the link.", remedy=f"Send at most {most}.")


def _of_no_shape(what: str) -> NotValid:
    return NotValid(
        f"The link does not carry {what}.", remedy="Name what there is; a door sends of this what it was given."
    )
