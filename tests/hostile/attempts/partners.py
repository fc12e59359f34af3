"""What goes out to partners: over whose connection, and to which addresses."""

from __future__ import annotations

from pathlib import Path

from tests.hostile import messages
from tests.hostile.attempt import Effect, attempt
from tests.hostile.authority import Authority
from tests.hostile.partner import PartnerServer
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene
from tests.hostile.union import INSIDE, Shape, Union, wait_for


@attempt("security 7")
def webhook_reuses_anothers_connection(union: Union) -> Effect:
    """A partner's messages go over a connection whose certificate was another partner's (security 7).

    Both addresses are the same server, whose certificate is for ``localhost`` only; one partner registered it by that
    name, the other by its address. What is for the second must not reach it.
    """
    public = Authority("Public authority")
    with PartnerServer(public.server("localhost"), union.folder) as server:
        trusted = union.folder / "public.pem"
        trusted.write_bytes(public.own.pem)

        def agreed(data: Path) -> None:
            addresses = {
                messages.HOLDER: f"https://localhost:{server.port}/a",
                messages.STRANGER: f"https://127.0.0.1:{server.port}/b",
            }
            (data / "partners.toml").write_text("".join(_agreement(party, at) for party, at in addresses.items()))

        with union.alone(Shape("webhooks", prepare=agreed, environment=believing(trusted))) as node:
            s = Scene(node, union.number())
            s.lodge(messages.declaration(s.lrn, s.id("D"), prelodged=True))
            if not wait_for(lambda: server.bodies("/a"), 10):
                raise CannotBePlayed("nothing is pushed to the partner whose certificate holds")
            other = messages.STRANGER
            s.lodge(messages.declaration(s.lrn, s.id("E"), sender=other, holder=other, prelodged=True), s.stranger)
            s.stranger.needs("CC928C", s.id("E"))
            wait_for(lambda: server.bodies("/b"), 4)
            got = server.bodies("/b")
            return Effect(bool(got), f"the server of one partner received {sum(map(len, got))} bytes of the other's")


def believing(roots: Path) -> dict[str, str]:
    """The environment of a node for which these authorities are the public ones."""
    return {"PYTHONPATH": str(INSIDE / "site"), "HOSTILE_ROOTS": str(roots), "SSL_CERT_FILE": str(roots)}


def _agreement(party: str, address: str) -> str:
    return (
        f'[[partner]]\nparty = "{party}"\ntitle = "Partner"\nbasis = "consent"\nprotocol = "webhook"\n'
        f'address = "{address}"\nsends = []\nreceives = []\nnetworks = ["127.0.0.0/8", "::1/128"]\n'
    )


@attempt("issue 9 part 4")
def inside_address_by_another_spelling(union: Union) -> Effect:
    """A partner's address reaches the node's own network through NAT64 or 6to4 (part 4)."""
    taken = []
    for address in ("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::7f00:1]"):
        file = union.folder / "partners-inside.toml"
        file.write_text(
            f'[[partner]]\nparty = "FR41234567800015"\ntitle = "Inside"\nbasis = "none"\nprotocol = "webhook"\n'
            f'address = "https://{address}/x"\nsends = []\nreceives = []\n'
        )
        if union.tree.douane("partner", "check", str(file)).returncode == 0:
            taken.append(address)
    return Effect(bool(taken), f"{', '.join(taken) or 'none'} of three spellings of the loopback may be registered")
