"""Whether everything that comes for a party is seen by somebody, and every officer sees the cases of some office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, warning
from douane.identity.register import Client
from douane.model.caller import EVERYWHERE, OF_OFFICE, PartyKind, offices_of
from douane.model.circles import ActorKind
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


def placed(settings: NodeSettings) -> Iterator[Said]:
    """Officers of whom no office is known: they see no case."""
    made = DevelopmentIdentity(settings.identity_folder)
    if not made.register.is_file():
        return  # identity.files says so
    register = made.load_register()
    blind = [each.id for each in register
             if each.kind is ActorKind.OFFICER and not offices_of(register.roles(each))]  # fmt: skip
    if blind:
        yield warning(f"Of these officers no office is known, so they see no case: {', '.join(sorted(blind))}.",
                      f'Give each the role "{OF_OFFICE}" with the number of an office, or "{OF_OFFICE}{EVERYWHERE}".'
                      )  # fmt: skip


CHECKS = (Check("identity.inboxes", unseen), Check("identity.offices", placed))
