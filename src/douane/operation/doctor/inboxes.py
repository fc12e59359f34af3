"""Whether everything that comes for a party is seen by somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, warning
from douane.identity.register import Client
from douane.model.caller import PartyKind
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.trust.development_identity import DevelopmentIdentity


def unseen(settings: NodeSettings) -> Iterator[Said]:
    """Parties of several clients, of whom each sees only what his roles give."""
    made = DevelopmentIdentity(settings.identity_folder)
    if not made.register.is_file():
        return  # identity.files says so
    register = made.load_register()
    parties: dict[tuple[PartyKind, str], list[Client]] = defaultdict(list)
    for client in register:
        parties[client.party].append(client)
    for (_, identifier), clients in sorted(parties.items()):
        if all(INBOX_ROLE not in register.roles(client) for client in clients):
            who = ", ".join(client.id for client in clients)
            yield warning(f"Nobody sees the whole inbox of {identifier}: {who} have different roles.",
                          f'Give one of them the role "{INBOX_ROLE}".')  # fmt: skip


CHECKS = (Check("identity.inboxes", unseen),)
