"""Who enters by CCN/CSI: systems of Member States, each under its own user of the queues or by its own folder."""

from __future__ import annotations

from collections.abc import Mapping

from douane.identity.principals import Principal, Proof, ProofKind
from douane.identity.register import Client, Register
from douane.model.circles import ActorKind
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated


class QueueCallers:
    """The registered systems behind users of the queues; frozen, a change is a new value.

    users: the administration behind each user. Raises DeclarationFault where the register knows no system of it.
    """

    def __init__(self, users: Mapping[str, str], register: Register) -> None:
        systems = systems_of(register)
        self._clients: dict[str, Client] = {}
        for user, administration in users.items():
            if administration not in systems:
                raise DeclarationFault(
                    f"The user {user} of the queues stands for {administration}, of which no system is registered.",
                    remedy="Register its system in UUM&DS, or correct the setting queue_users.",
                )
            self._clients[user] = systems[administration]

    def __call__(self, user: str) -> Principal:
        """The system behind a user that the carrier has proved. Raises NotAuthenticated for any other."""
        client = self._clients.get(user)
        if client is None:
            who = f"The user {user[:40]!r} of the queues stands for no administration."
            raise NotAuthenticated(
                who if user else "The message carries no user that the queues have proved.",
                remedy="Set the user id of the message to the user of the connection, and let it be registered.",
            )
        return _principal(client, Proof(ProofKind.QUEUE, user))


class FolderCallers:
    """The registered systems of administrations, each of which alone may write into its folder."""

    def __init__(self, register: Register) -> None:
        self._systems = systems_of(register)

    def __call__(self, administration: str) -> Principal:
        """The system of an administration. Raises NotAuthenticated where none is registered, or no longer."""
        client = self._systems.get(administration)
        if client is None:
            raise NotAuthenticated(
                f"No system of {administration} is registered.", remedy="Let its system be registered in UUM&DS."
            )
        return _principal(client, Proof(ProofKind.FOLDER, administration))


def systems_of(register: Register) -> dict[str, Client]:
    """The system of each administration."""
    return {each.administration: each for each in register if each.kind is ActorKind.MEMBER_STATE}


def _principal(client: Client, proof: Proof) -> Principal:
    return Principal(
        id=client.id, kind=client.kind, circle=client.circle, proof=proof, country=client.country,
        administration=client.administration, roles=client.roles,
    )  # fmt: skip
