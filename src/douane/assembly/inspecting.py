"""The inspection of a node's store: by a command beside it, or by the running node itself in its spare time."""

from __future__ import annotations

from functools import partial

from douane.assembly.payloads import payload_store
from douane.assembly.settings import NodeSettings
from douane.assembly.trusting import kept_trust
from douane.shared_services.auditing.octets import Octets


def octets_of(settings: NodeSettings) -> Octets:
    """What looks at the octets of a node that its rows name: attachments, and what senders were judged by."""
    return Octets(payload_store(settings), partial(kept_trust, settings.data))
