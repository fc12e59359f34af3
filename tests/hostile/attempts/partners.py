"""What goes out to partners: over whose connection, and to which addresses."""

from __future__ import annotations

import socket
import sysconfig
import time
from pathlib import Path
from typing import Any

from tests.hostile import messages
from tests.hostile.attempt import NEVER, SECOND, Effect, attempt
from tests.hostile.authority import Authority
from tests.hostile.partner import Manners, Misbehaving, PartnerServer, drips, says_nothing, serving
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene
from tests.hostile.union import INSIDE, Node, Shape, Union, free_ports, wait_for


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


@attempt("not tried: webhooks that never answer", "part 1", open_at=NEVER)
def webhooks_that_never_answer_keep_others_waiting(union: Union) -> Effect:
    """One partner's address takes every message and never answers; another partner waits for his (part 1)."""
    return _beside_another(union, says_nothing)


@attempt("not tried: webhooks that never answer", "part 1", open_at=NEVER)
def webhooks_that_drip_keep_others_waiting(union: Union) -> Effect:
    """One partner's address answers by an octet a second; another partner waits for his messages (part 1)."""
    return _beside_another(union, drips)


SILENT, SOON = 12, 20.0
"""Messages for who never answers; seconds within which another partner has his."""


def _beside_another(union: Union, manners: Manners) -> Effect:
    """Whether a partner gets what is pushed while another one's server has these manners."""
    public = Authority("Public authority")
    folder = union.folder / f"webhooks-{union.number()}"
    folder.mkdir(parents=True)
    issued, trusted = public.server("localhost"), folder / "public.pem"
    trusted.write_bytes(public.own.pem)
    with PartnerServer(issued, folder) as server, Misbehaving(manners, serving(issued, folder)) as silent:

        def agreed(data: Path) -> None:
            at = {messages.STRANGER: f"https://localhost:{silent.port}/a",
                  messages.HOLDER: f"https://localhost:{server.port}/b"}  # fmt: skip
            (data / "partners.toml").write_text("".join(_agreement(party, where) for party, where in at.items()))

        shape = Shape(f"webhooks-{manners.__name__}", prepare=agreed, environment=believing(trusted))
        with union.alone(shape) as node:
            s, other = Scene(node, union.number()), messages.STRANGER
            for n in range(SILENT):
                text = messages.declaration(f"{s.lrn[:-2]}{n:02}", s.id(f"E{n}"), sender=other, holder=other,
                                            prelodged=True)  # fmt: skip
                s.lodge(text, s.stranger)
            if not wait_for(lambda: silent.taken, 10):
                raise CannotBePlayed("nothing is pushed to the partner who misbehaves")
            s.lodge(messages.declaration(s.lrn, s.id("D"), prelodged=True))
            told = wait_for(lambda: server.bodies("/b"), SOON)
            read = s.holder.gets("CC928C", s.id("D")) is not None
            return Effect(
                not (told and read),
                f"beside {silent.taken} connections that come to nothing another partner is "
                f"{'pushed' if told else 'not pushed'} his message, and {'reads' if read else 'reads not'}",
            )


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


# --- access points of partners, which answer what is pushed to them


@attempt("not tried: foreign AS4 peers", "part 1", open_at=SECOND)
def error_of_another_message_ends_a_delivery(union: Union) -> Effect:
    """Somebody between repeats what the partner signed about another message: a delivery ends by it (part 1)."""
    became = _as4(union)["became"]
    return Effect(
        "failed" not in became["error of another message"] or "failed" not in became["receipt of another message"],
        f"a push that is answered by an error of another message is {became['error of another message']}, by a receipt "
        f"of another {became['receipt of another message']}",
    )


@attempt("not tried: foreign AS4 peers", "part 1", open_at=SECOND)
def partner_fills_the_disk_by_its_answers(union: Union) -> Effect:
    """A partner answers each push by a user message with payloads, which stay on the disk (part 1)."""
    left = _as4(union)["left"]
    return Effect(left > 0, f"{left} octets of the answer to one push stay on the disk")


def _as4(union: Union) -> dict[str, Any]:
    folder = union.folder / f"as4-{union.number()}"
    folder.mkdir(parents=True, exist_ok=True)
    plan = {"root": str(union.tree.root), "packages": sysconfig.get_path("purelib"), "folder": str(folder)}
    return union.tree.inside("as4_partner", plan)


# --- identity providers of other countries, which anybody may have us call

EFFECTIVE_SECONDS = 7.0
"""After which a door follows its files, as the documentation promises, and some more."""


@attempt("again 2", open_at=SECOND)
def provider_that_drips_keeps_revocations_unread(union: Union) -> Effect:
    """Anonymous clicks on a country whose provider drips keep a revocation from taking effect (again 2)."""
    return _while_clicked(union, drips, [0.1] * 12)


@attempt("again 2", open_at=SECOND)
def provider_that_is_down_keeps_revocations_unread(union: Union) -> Effect:
    """A flood of clicks on a country whose provider is down keeps revocations unread, also after it (again 2)."""
    return _while_clicked(union, says_nothing, [0.05] * 120, leaves=True)


def _while_clicked(union: Union, manners: Manners, pauses: list[float], *, leaves: bool = False) -> Effect:
    """What a revocation is worth during, or right after, so many clicks. leaves: whether who clicked has gone then."""
    (pages,) = free_ports(1)
    with Misbehaving(manners) as provider:

        def prepared(data: Path) -> None:
            (data / "identity/providers.toml").write_text(
                f'[[provider]]\ncountry = "SE"\ntitle = "Slow"\nissuer = "http://slow.localhost:{provider.port}"\n'
                'client_id = "us"\nsecret = "s"\ntype = "A"\n'
            )

        shape = Shape(f"provider-{manners.__name__}", {"pages": {"port": pages}}, prepare=prepared)
        with union.alone(shape) as node:
            clicks = []
            for pause in pauses:
                clicks.append(_click(pages))
                time.sleep(pause)
            if leaves:
                for each in clicks:
                    each.close()
            if not provider.taken:
                raise CannotBePlayed("nobody calls the provider")
            done = node.douane("certificate", "revoke", VICTIM, "--reason", "key-compromise")
            if done.returncode:
                raise CannotBePlayed(f"nothing is revoked: {done.stderr.strip()[:120]}")
            held = wait_for(lambda: _told(node) in (401, 403), EFFECTIVE_SECONDS, 0.5)
            for each in clicks:
                each.close()
            was = "refused" if held else "let in"
            return Effect(not held, f"{EFFECTIVE_SECONDS:.0f} s after it a revoked certificate is {was}")


VICTIM = "trader.de.rhein"


def _told(node: Node) -> int:
    """What the owner of the revoked certificate is told over a fresh connection."""
    with node.client(VICTIM, seconds=20) as client:
        return client.get("/v1/inbox").status_code


def _click(port: int) -> socket.socket:
    """One visit of a stranger to the address that begins a sign-in; what it is told is not waited for."""
    made = socket.create_connection(("127.0.0.1", port), timeout=20)
    asked = "GET /begin?country=SE&actor=economic+operator HTTP/1.1"
    made.sendall(f"{asked}\r\nHost: signin.localhost:{port}\r\nAccept: text/html\r\n\r\n".encode())
    return made
