"""What a node in production does not promise as its settings stand, so that nobody takes it for promised."""

from __future__ import annotations

from collections.abc import Iterator

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, warning


def witness(settings: NodeSettings) -> Iterator[Said]:
    """Without a witness nobody else has seen the audit log. Doors keep none."""
    if settings.development or settings.role == "doors" or settings.witness:
        return
    yield warning(
        "No witness keeps the checkpoints of the audit log. Nobody could tell that the store was set back to an earlier"
        " state, or that the log was written anew by who has its key; and not before which moment a message came, "
        "is proven by no one but the operator, unless a time-stamp authority dates the log.",
        'Set witness = "file:FOLDER" on a volume that another machine keeps, or "https://..." (docs/audit.md).',
    )


CHECKS = (Check("promises.witness", witness),)
