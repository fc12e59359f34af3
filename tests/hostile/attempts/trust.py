"""What proofs are worth: revocation, identities that nobody asked for, delegations, connections verified for others."""

from __future__ import annotations

import resource
import signal
import ssl
from collections.abc import Callable
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.hostile import messages
from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.authority import Authority, Issued
from tests.hostile.party import CannotBePlayed, Party
from tests.hostile.possession import proof_of
from tests.hostile.scene import Scene
from tests.hostile.union import INSIDE, Node, Shape, Union, free_ports, wait_for

EFFECTIVE_SECONDS = 7.0
"""After which a door follows its files, as the documentation promises, and some more."""
ENDING_SECONDS = 60.0
"""Within which a process that ended its work is over."""
VICTIM = "trader.de.rhein"


def _status(node: Node, who: str, door: str = "speed2") -> int:
    """What a client is told at a door over a fresh connection; 0 where it gets none."""
    try:
        with httpx.Client(verify=node.tls(who), trust_env=False, timeout=10) as client:
            return client.get(f"https://localhost:{node.ports[door]}/v1/inbox").status_code
    except httpx.HTTPError:
        return 0


def _admitted(node: Node, who: str, seconds: float = EFFECTIVE_SECONDS) -> bool:
    """Whether a client gets in at any moment of so many seconds."""
    return wait_for(lambda: _status(node, who) == 200, seconds, 0.5)


def _revoke(node: Node, who: str, *more: str) -> None:
    """Publish that a client's certificate is revoked."""
    done = node.douane("certificate", "revoke", who, *more)
    if done.returncode:
        raise CannotBePlayed(f"nothing is revoked: {done.stderr.strip()[:120]}")


def _revoked(node: Node, who: str) -> None:
    """Revoke a client's certificate, and wait until the door refuses it."""
    _revoke(node, who, "--reason", "key-compromise")
    if not wait_for(lambda: _status(node, who) != 200, EFFECTIVE_SECONDS, 0.5):
        raise CannotBePlayed("a revocation has no effect at all")


def _add(path: Path, content: bytes) -> None:
    path.write_bytes(path.read_bytes() + content)


def _list_of(identity: Path, circle: str) -> Path:
    """The file with the revocation list of a circle's authority, wherever a release keeps it."""
    authority = x509.load_pem_x509_certificate((identity / f"{circle}.pem").read_bytes())
    for file in identity.rglob("*.pem"):
        content = file.read_bytes()
        if b"X509 CRL" in content and x509.load_pem_x509_crl(content).issuer == authority.subject:
            return file
    raise CannotBePlayed(f"the list of the {circle} circle is in no file")


def _registered(register: Path, client: str, thumbprint: str) -> None:
    """Give a client one more certificate."""
    text = register.read_text()
    at = text.index("certificates = [", text.index(f'id = "{client}"')) + len("certificates = [")
    register.write_text(f'{text[:at]}"{thumbprint}",{text[at:]}')


def _roles(register: Path, client: str, roles: str) -> None:
    """Give a client other roles."""
    text = register.read_text()
    at = text.index("roles = ", text.index(f'id = "{client}"'))
    register.write_text(f"{text[:at]}roles = {roles}{text[text.index(chr(10), at) :]}")


# --- revocation ------------------------------------------------------------------------------------------------------


@attempt("security 1")
def second_list_makes_revoked_good(union: Union) -> Effect:
    """The list of a second authority is loaded, and a revoked certificate of the first gets in again (security 1)."""
    with union.alone(Shape("second-list")) as node:
        _revoked(node, VICTIM)
        second = Authority("Second authority")
        _add(node.identity / "untrusted.pem", second.own.pem)
        (node.folder / "second.crl").write_bytes(second.revocations(number=50))
        told = node.douane("certificate", "load", str(node.folder / "second.crl"))
        back = _admitted(node, VICTIM)
        said = (told.stdout + told.stderr).strip().partition("\n")[0][:90]
        return Effect(back, f"the revoked certificate is {'good again' if back else 'refused still'} ({said})")


@attempt("security 1")
def second_list_of_a_file_is_not_read(union: Union) -> Effect:
    """Both authorities' lists stand in the file; a certificate that the second revoked gets in (security 1)."""
    second = Authority("Second authority")
    card = second.client("of the second")

    def prepared(data: Path) -> None:
        identity = data / "identity"
        _add(identity / "untrusted.pem", second.own.pem)
        _add(_list_of(identity, "untrusted"), second.revocations(card.certificate.serial_number, number=50))
        _registered(identity / "clients.toml", VICTIM, card.thumbprint)
        card.write(identity / "clients", "second")

    with union.alone(Shape("both-lists", prepare=prepared), unready=True) as node:
        if not node.ready:
            return Effect(False, f"the node does not start: {node.said.strip()[-100:]}")
        if _status(node, VICTIM) != 200:
            return Effect(False, "nobody of the circle gets in, as a list cannot be read")
        status = _status(node, "second")
        return Effect(status == 200, f"the certificate that the second authority revoked is told {status}")


@attempt("security 1")
def authority_without_a_list(union: Union) -> Effect:
    """An authority whose revocation list is not there: nothing of it counts as revoked (security 1)."""
    second = Authority("Second authority")
    card = second.client("of the second")

    def prepared(data: Path) -> None:
        identity = data / "identity"
        _add(identity / "untrusted.pem", second.own.pem)
        _registered(identity / "clients.toml", VICTIM, card.thumbprint)
        card.write(identity / "clients", "second")

    with union.alone(Shape("no-list", prepare=prepared), unready=True) as node:
        if node.ready and _status(node, "second") == 200:
            return Effect(True, "its clients get in, and no list could keep one of them out")
        why = "they are refused" if node.ready else f"the node does not start: {node.said.strip()[:90]}"
        node.stop()
        (node.folder / "second.crl").write_bytes(second.revocations(number=50))
        node.douane("certificate", "load", str(node.folder / "second.crl"))
        node.start()
        if not _admitted(node, "second"):
            raise CannotBePlayed("a client of a second authority is refused although its list is there")
        return Effect(False, f"without its list {why}")


@attempt("security 14")
def revocation_that_failed_once_is_forgotten(union: Union) -> Effect:
    """A list is published while the node has no descriptors left; it is never read afterwards (security 14)."""
    with union.alone(Shape("read-once")) as node:
        if _status(node, VICTIM) != 200:
            raise CannotBePlayed("the client does not get in to begin with")
        before = resource.prlimit(node.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(node.pid, resource.RLIMIT_NOFILE, (3, before[1]))
        _revoke(node, VICTIM)
        wait_for(lambda: False, 3.0)  # two looks of the node at its files, both without a descriptor
        resource.prlimit(node.pid, resource.RLIMIT_NOFILE, before)
        refused = wait_for(lambda: _status(node, VICTIM) == 401, EFFECTIVE_SECONDS, 0.5)
        worth = "refused" if refused else "good"
        return Effect(not refused, f"{EFFECTIVE_SECONDS:g} s later the certificate is {worth}")


# --- identities ------------------------------------------------------------------------------------------------------


@attempt("security 5")
def missing_identity_is_replaced(union: Union) -> Effect:
    """The identity folder that settings name is not there, and the node makes a development one (security 5)."""
    return _appeared(union, "missing-identity", {})


@attempt("security 5")
def doors_make_an_identity(union: Union) -> Effect:
    """The same with a process that is doors only: it makes authorities and every client's key (security 5)."""
    return _appeared(
        union, "missing-identity-doors", {"role": "doors", "links": [f"tls://127.0.0.1:{free_ports(1)[0]}"]}
    )


def _appeared(union: Union, name: str, settings: dict[str, object]) -> Effect:
    missing = union.folder / f"{name}-etc" / "identity"
    with union.alone(Shape(name, settings | {"identity": str(missing)}), unready=True) as node:
        keys = len(list(missing.parent.rglob("*.key"))) + len(list(node.data.rglob("clients/*.key")))
        state = "says it is ready" if node.ready else "runs" if node.alive else "ended"
        return Effect(keys > 0, f"the node {state}; {keys} private keys appeared")


@attempt("security 12")
def data_open_to_every_user(union: Union) -> Effect:
    """A data folder as an administrator makes it: every local user reads customs data in it (security 12)."""

    def wide(data: Path) -> None:
        data.chmod(0o755)

    with union.alone(Shape("open-data", prepare=wide), unready=True) as node:
        if not node.ready:
            return Effect(False, f"the node does not start: {node.said.strip()[:120]}")
        s = Scene(node, union.number())
        s.lodge(messages.declaration(s.lrn, s.id("D"), prelodged=True))
        s.holder.needs("CC928C", s.id("D"))
        found = [each for each in _readable(node.data) if messages.HOLDER.encode() in each.read_bytes()]
        names = ", ".join(sorted(each.name for each in found))
        return Effect(bool(found), f"{len(found)} files that anybody reads name the trader {names}".strip())


def _readable(folder: Path) -> list[Path]:
    """Files below a folder that users of no group may read by their way in."""
    if not folder.stat().st_mode & 0o001:
        return []
    found: list[Path] = []
    for each in folder.iterdir():
        if each.is_dir():
            found += _readable(each)
        elif each.is_file() and each.stat().st_mode & 0o004:
            found.append(each)
    return found


# --- delegation ------------------------------------------------------------------------------------------------------


@attempt("security 6")
def delegate_without_a_role_empties_the_inbox(union: Union) -> Effect:
    """A delegate whose role the principal does not have reads his inbox and takes his messages away (security 6)."""

    def disjoint(data: Path) -> None:
        register = data / "identity/clients.toml"
        text = register.read_text()
        at = text.index("[[client.delegation]]", text.index('id = "representative.be"'))
        given = text[at:].replace('["holder of the transit procedure"]', '["trader at destination"]', 1)
        register.write_text(text[:at] + given)

    with union.alone(Shape("delegate", prepare=disjoint)) as node:
        token = node.token("representative.be", acting_for=messages.HOLDER)
        thief = Party(node.client("representative.be"), {"authorization": f"Bearer {token}"})
        return _emptied(Scene(node, union.number()), thief, "the delegate")


@attempt("security 6")
def employee_without_the_role_empties_the_inbox(union: Union) -> Effect:
    """An employee under the same EORI, for arrivals only, takes the answers of departure away (security 6)."""

    def colleague(data: Path) -> None:
        register = data / "identity/clients.toml"
        register.write_text(register.read_text().replace("ATEOS1000067890", messages.HOLDER))

    with union.alone(Shape("employee", prepare=colleague)) as node:
        return _emptied(Scene(node, union.number()), node.party("trader.at.linz"), "the employee")


def _emptied(s: Scene, thief: Party, who: str) -> Effect:
    s.lodge(messages.declaration(s.lrn, s.id("D"), prelodged=True))
    answer = s.holder.needs("CC928C", s.id("D"))
    thief.collect()
    read = any(each.id == answer.id for each in thief.items)
    thief.acknowledge(answer.id)
    again = s.node.party("trader.fr.lesquin")
    again.collect()
    left = any(each.id == answer.id for each in again.items)
    return Effect(
        read or not left,
        f"{who} {'reads' if read else 'does not see'} the answer, and the principal {'has it' if left else 'lost it'}",
    )


@attempt("security 14")
def withdrawn_role_lives_in_a_token(union: Union) -> Effect:
    """A role is taken from a client; the token it holds still lodges declarations (security 14)."""
    with union.alone(Shape("withdrawn")) as node:
        token = node.token("trader.fr.lesquin")
        s = Scene(node, union.number())
        register = node.identity / "clients.toml"
        _roles(register, "trader.fr.lesquin", '["trader at destination"]')

        def lodged(by: Party, id: str) -> int:
            text = messages.declaration(s.lrn + id, s.id(id), prelodged=True)
            return by.send(text).status_code

        tries = iter(range(1000))
        if not wait_for(lambda: lodged(s.holder, f"C{next(tries)}") == 403, EFFECTIVE_SECONDS, 0.5):
            raise CannotBePlayed("the role is not taken away")
        bearer = Party(node.client("trader.fr.lesquin"), {"authorization": f"Bearer {token}"})
        status = lodged(bearer, "T")
        return Effect(status == 202, f"the token's declaration is told {status}, the certificate's 403")


# --- following files and signals -------------------------------------------------------------------------------------


def _followed(node: Node, happened: Callable[[], bool]) -> str:
    """How a change of files came into force: ``by itself``, ``after SIGHUP``, or else what happened instead."""
    if wait_for(happened, EFFECTIVE_SECONDS, 0.5):
        return "by itself"
    node.signal(signal.SIGHUP)
    if wait_for(lambda: not node.alive or happened(), EFFECTIVE_SECONDS, 0.5) and node.alive:
        return "after SIGHUP"
    return "never" if node.alive else "not even by SIGHUP, which ended the node"


@attempt("security 14")
def replaced_server_certificate_is_not_served(union: Union) -> Effect:
    """The certificate of the doors is replaced on disk, and the old one is served until a restart (security 14)."""
    with union.alone(Shape("server-certificate")) as node:
        made = _server_of(node)

        def served() -> bool:
            try:
                pem = ssl.get_server_certificate(("127.0.0.1", node.ports["speed2"]))
            except OSError:
                return False
            return ssl.PEM_cert_to_DER_cert(pem) == ssl.PEM_cert_to_DER_cert(made.pem.decode())

        made.write(node.identity, "server")
        how = _followed(node, served)
        return Effect(not how.startswith(("by", "after")), f"the new certificate is served {how}")


def _server_of(node: Node) -> Issued:
    """A certificate for the doors, of an authority that this node's clients do not know: it is only looked at."""
    return Authority(f"Servers of {node.shape.name}").server("localhost", "127.0.0.1")


@attempt("security 14")
def new_authority_needs_a_restart(union: Union) -> Effect:
    """An authority is added, with its list; its clients are turned away until a restart (security 14)."""
    with union.alone(Shape("new-authority")) as node:
        second = Authority("Second authority")
        card = second.client("of the second")
        card.write(node.identity / "clients", "second")
        _add(node.identity / "untrusted.pem", second.own.pem)
        (node.folder / "second.crl").write_bytes(second.revocations(number=50))
        node.douane("certificate", "load", str(node.folder / "second.crl"))
        _registered(node.identity / "clients.toml", VICTIM, card.thumbprint)
        how = _followed(node, lambda: _status(node, "second") == 200)
        return Effect(not how.startswith(("by", "after")), f"its client gets in {how}")


@attempt("security 14")
def hangup_ends_the_node(union: Union) -> Effect:
    """SIGHUP, as log rotation and service managers send it, ends the node; its log is not opened anew (security 14)."""
    with union.alone(Shape("hangup")) as node:
        log = node.data / "node.log"
        log.rename(node.data / "node.log.1")
        node.signal(signal.SIGHUP)
        reopened = wait_for(lambda: log.exists() or not node.alive, EFFECTIVE_SECONDS) and log.exists()
        served = node.alive and _status(node, VICTIM) == 200
        seen = f"the node {'serves on' if served else 'is gone'}, its log is {'' if reopened else 'not '}opened anew"
        return Effect(not (served and reopened), seen)


@attempt("security 14")
def discovery_leads_nowhere(union: Union) -> Effect:
    """Who follows the metadata of UUM&DS to its token endpoint finds nobody (security 14)."""
    with union.alone(Shape("discovery")) as node:
        client = node.client(VICTIM, "uumds")
        told = client.get("/.well-known/oauth-authorization-server").json()
        endpoint = str(told.get("token_endpoint", ""))
        form = {"grant_type": "client_credentials", "resource": "speed2"}
        try:
            status = httpx.post(endpoint, data=form, verify=node.tls(VICTIM), trust_env=False, timeout=5).status_code
        except (httpx.HTTPError, ValueError) as problem:
            return Effect(True, f"{endpoint}: {type(problem).__name__}")
        return Effect(status != 200, f"{endpoint}: {status}")


@attempt("security 14")
def clock_that_jumped_stands_still(union: Union) -> Effect:
    """The clock of the machine jumps ahead and back; a token does not age until it has caught up (security 14).

    A token lives for 300 seconds. It is asked for after the jump, and shown 1,000 seconds later, when the clock of the
    machine is still behind where it was.
    """
    offset, passed = union.folder / "clock-offset", union.folder / "clock-passed"
    offset.write_text("0")
    passed.write_text("0")
    environment = {
        "PYTHONPATH": str(INSIDE / "site"), "HOSTILE_CLOCK": str(offset), "HOSTILE_PASSED": str(passed),
    }  # fmt: skip
    with union.alone(Shape("clock", environment=environment)) as node:
        offset.write_text("7200")
        if _status(node, VICTIM) != 200:
            raise CannotBePlayed("nobody gets in after the jump")
        offset.write_text("0")
        try:
            token = {"authorization": f"Bearer {node.token(VICTIM)}"}
            fresh = node.client(VICTIM).get("/v1/inbox", headers=token).status_code
            passed.write_text("1000")
            old = node.client(VICTIM).get("/v1/inbox", headers=token).status_code
        except httpx.TransportError:
            if not wait_for(lambda: not node.alive, ENDING_SECONDS):
                raise
            return Effect(False, f"the node ended with {node.exit_code}: it goes on by no clock that went back")
        if fresh != 200:
            raise CannotBePlayed(f"a fresh token is told {fresh}")
        return Effect(old == 200, f"a token of 1,000 seconds of age is told {old}")


# --- proofs of possession


@attempt("again 15", open_at=SECOND)
def proof_of_possession_at_another_process(union: Union) -> Effect:
    """A proof that was read on its way is shown again, over connections that fall to another process (again 15)."""
    shape = Shape("processes", arguments=("--processes", "3"))
    with union.alone(shape, seconds=90.0) as node:
        key = ec.generate_private_key(ec.SECP256R1())
        secret = (node.identity / "clients" / f"{HOLDER}.secret").read_text().strip()
        form = {"grant_type": "client_credentials", "client_id": HOLDER, "client_secret": secret, "resource": "speed2"}
        uumds = f"https://localhost:{node.ports['uumds']}/token"
        token = _fresh(node, "POST", uumds, {"dpop": proof_of(key, "POST", uumds)}, form).json().get("access_token", "")
        inbox = f"https://localhost:{node.ports['speed2']}/v1/inbox"
        shown = {"authorization": f"DPoP {token}", "dpop": proof_of(key, "GET", inbox, token)}
        if _fresh(node, "GET", inbox, shown).status_code != 200:
            raise CannotBePlayed("a proof opens no door at all")
        again = [_fresh(node, "GET", inbox, shown).status_code for _ in range(12)]
        return Effect(200 in again, f"of twelve times it was shown again it was taken {again.count(200)} times")


HOLDER = "trader.fr.lesquin"


def _fresh(
    node: Node, method: str, url: str, headers: dict[str, str], form: dict[str, str] | None = None
) -> httpx.Response:
    """A call without a certificate, over a connection of its own."""
    with httpx.Client(verify=node.tls(), trust_env=False, timeout=40) as client:
        return client.request(method, url, headers=headers, data=form)
