"""What one client takes away from the others: slots, time of the process, descriptors, disk."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.hostile import messages
from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.bystander import GENEROUS_SECONDS, PATIENCE_SECONDS, Bystander
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Node, Shape, Union, wait_for

ATTACKER, BYSTANDER = "trader.fr.lesquin", "trader.de.rhein"
ROOT_FOLDER = Path(__file__).parents[3]
FOREIGN = "127.0.0.66"
"""The address of the attacker, so that limits by address are told from those by client."""
SLOTS, DESCRIPTORS, BARE = 520, 1024, 1010
POLL = b"GET /v1/inbox?after=ffffff&wait=30 HTTP/1.1\r\nHost: localhost\r\n\r\n"
FORM = (
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100\r\n\r\na"
)
ROOT = '<ncts:CC015C xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
WATCHED_SECONDS = 3.0
SECRET_SECONDS = 6.0
"""For a secret, which is dear to judge on purpose."""
GUESSES, GUESSING_SECONDS = 40, 60.0
MANY_DRAFTS = 700
"""Far more than anybody fills in at a time, and fewer than a rate of requests would stop."""


def _fair(name: str, descriptors: int = 0) -> Shape:
    return Shape(name, descriptors=descriptors)


def _reading(node: Node, who: str = BYSTANDER, door: str = "speed2") -> Callable[[], int]:
    """One request of somebody at a door, over a fresh connection."""

    def call() -> int:
        url = f"https://localhost:{node.ports[door]}/v1/inbox"
        return httpx.get(url, verify=node.tls(who), trust_env=False, timeout=PATIENCE_SECONDS).status_code

    return call


def _living(node: Node) -> Callable[[], int]:
    """One look of a monitor at the node."""

    def call() -> int:
        url = f"https://localhost:{node.ports['operations']}/health/live"
        return httpx.get(url, verify=node.tls(), trust_env=False, timeout=PATIENCE_SECONDS).status_code

    return call


def _asking(node: Node, auth: tuple[str, str] | None = None) -> Callable[[], int]:
    """One request for a token."""

    def call() -> int:
        url = f"https://localhost:{node.ports['uumds']}/token"
        context = node.tls("" if auth else BYSTANDER)
        form = {"grant_type": "client_credentials", "resource": "speed2"}
        return httpx.post(
            url, data=form, auth=auth, verify=context, trust_env=False, timeout=PATIENCE_SECONDS
        ).status_code

    return call


@contextlib.contextmanager
def _opened(node: Node, who: str, door: str, sent: bytes, count: int) -> Iterator[None]:
    """So many connections on which something was sent, held open."""
    context = node.tls(who)

    def one(_: int) -> socket.socket | None:
        try:
            raw = socket.create_connection(("127.0.0.1", node.ports[door]), 10, source_address=(FOREIGN, 0))
            made = context.wrap_socket(raw, server_hostname="localhost")
            made.sendall(sent)
        except OSError:  # refused or cut: what a limit does
            return None
        return made

    with ThreadPoolExecutor(8) as pool:
        held = [each for each in pool.map(one, range(count)) if each is not None]
    try:
        yield
    finally:
        for each in held:
            with contextlib.suppress(OSError):
                each.close()


def _sound(*bystanders: Bystander) -> None:
    """A bystander is served before the attack, or nothing is shown by it."""
    for each in bystanders:
        with each.asking():
            pass
        if each.refusals:
            raise CannotBePlayed(f"before the attack {each.seen}")


def _served(*bystanders: Bystander) -> Effect:
    return Effect(any(each.harmed for each in bystanders), "; ".join(each.seen for each in bystanders))


def _watched(
    shape: Shape, union: Union, attack: Callable[[Node], contextlib.AbstractContextManager[None]],
    *who: tuple[str, Callable[[Node], Callable[[], int]]], limit_seconds: float = GENEROUS_SECONDS,
) -> Effect:  # fmt: skip
    """How bystanders are served while an attack lasts, and ``WATCHED_SECONDS`` of it."""
    with union.alone(shape) as node:
        _sound(*(Bystander(name, made(node)) for name, made in who))
        watched = [Bystander(name, made(node), limit_seconds) for name, made in who]
        with attack(node), contextlib.ExitStack() as asking:
            for each in watched:
                asking.enter_context(each.asking())
            time.sleep(WATCHED_SECONDS)
        return _served(*watched)


# --- slots -----------------------------------------------------------------------------------------------------------


@attempt("security 3")
def long_polls_fill_a_door(union: Union) -> Effect:
    """One trader waits for messages 520 times at once, and every other trader is refused (security 3)."""
    return _watched(
        _fair("polls"), union, lambda node: _opened(node, ATTACKER, "speed2", POLL, SLOTS), ("another trader", _reading)
    )


@attempt("security 3")
def closed_polls_keep_their_slots(union: Union) -> Effect:
    """The same with connections that are closed at once: the slots stay taken (security 3)."""

    @contextlib.contextmanager
    def gone(node: Node) -> Iterator[None]:
        with _opened(node, ATTACKER, "speed2", POLL, SLOTS):
            pass
        yield

    return _watched(_fair("closed-polls"), union, gone, ("another trader", _reading))


@attempt("security 3")
def half_sent_forms_close_the_token_endpoint(union: Union) -> Effect:
    """520 forms without identity that never end, and nobody gets a token (security 3)."""
    return _watched(
        _fair("forms"), union, lambda node: _opened(node, "", "uumds", FORM, SLOTS), ("a registered client", _asking)
    )


@attempt("security 3")
def anonymous_guesses_fill_the_queue(union: Union) -> Effect:
    """Sixty wrong secrets of nobody at once, and the right secret of a client is refused (security 3)."""

    @contextlib.contextmanager
    def guessing(node: Node) -> Iterator[None]:
        clients = [node.client("", "uumds", source=FOREIGN) for _ in range(60)]
        form = {"grant_type": "client_credentials"}

        def guess(each: int) -> None:
            for again in range(3):
                with contextlib.suppress(httpx.HTTPError):
                    clients[each].post("/token", data=form, auth=(f"nobody{each}.{again}", "x"))

        with ThreadPoolExecutor(60) as pool:
            under_way = [pool.submit(guess, each) for each in range(60)]
            yield
            for each in under_way:
                each.result()

    def right(node: Node) -> Callable[[], int]:
        return _asking(node, (BYSTANDER, (node.identity / "clients" / f"{BYSTANDER}.secret").read_text()))

    return _watched(_fair("guesses"), union, guessing, ("the right secret", right), limit_seconds=SECRET_SECONDS)


@attempt("security smaller")
def secrets_are_guessed_at_full_speed(union: Union) -> Effect:
    """Forty guesses at one client's secret, one after the other, are all judged (security, smaller)."""
    with union.alone(_fair("full-speed")) as node:
        client = node.client("", "uumds", source=FOREIGN)
        form = {"grant_type": "client_credentials", "resource": "speed2"}
        began, judged = time.monotonic(), 0
        for each in range(GUESSES):
            judged += client.post("/token", data=form, auth=(BYSTANDER, f"guess{each}")).status_code == 401
            if time.monotonic() - began > GUESSING_SECONDS:
                break
        took = time.monotonic() - began
        return Effect(judged == GUESSES and took < GUESSING_SECONDS, f"{judged} guesses are judged in {took:.1f} s")


# --- time of the process ---------------------------------------------------------------------------------------------


def _senders(node: Node, body: bytes, count: int) -> contextlib.AbstractContextManager[None]:
    """One trader sends the same body so many times at once."""

    @contextlib.contextmanager
    def sending() -> Iterator[None]:
        clients = [node.client(ATTACKER, source=FOREIGN, seconds=90) for _ in range(count)]

        def send(client: httpx.Client) -> None:
            with contextlib.suppress(httpx.HTTPError):
                client.post("/v1/messages", content=body, headers={"content-type": "application/xml"})

        with ThreadPoolExecutor(count) as pool:
            under_way = [pool.submit(send, each) for each in clients]
            yield
            for each in under_way:
                each.result()

    return sending()


def _memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _frozen(union: Union, name: str, body: bytes) -> Effect:
    with union.alone(_fair(name)) as node:
        watched = [Bystander("a monitor", _living(node)), Bystander("another trader", _reading(node))]
        before = _memory(node.pid)
        with contextlib.ExitStack() as asking:
            for each in watched:
                asking.enter_context(each.asking())
            with _senders(node, body, 5):
                pass
        grown = (_memory(node.pid) - before) / 1e6
        effect = _served(*watched)
        return Effect(effect.harmed, f"{effect.seen}; {grown:.0f} MB more memory")


@attempt("security 4")
def unknown_elements_freeze_the_node(union: Union) -> Effect:
    """Five declarations of 6 MB with 100,000 unknown elements silence every door of the node (security 4)."""
    unknown = "<a " + " ".join(f'a{n}="1"' for n in range(8)) + "/>"
    return _frozen(union, "elements", (ROOT + unknown * 100_000 + "</ncts:CC015C>").encode())


@attempt("security 4")
def repeated_element_freezes_the_node(union: Union) -> Effect:
    """Five declarations with an LRN 200,000 times do the same (security 4)."""
    text = messages.declaration("REPEATED", "REPEATED")
    repeated = text.replace("</TransitOperation>", "<LRN>Q</LRN>" * 200_000 + "</TransitOperation>")
    return _frozen(union, "repeated", repeated.encode())


@attempt("security 4")
def faults_are_listed_without_end(union: Union) -> Effect:
    """A declaration with 20,000 faults is answered by all of them: more bytes go out than came (security 4)."""
    with union.alone(_fair("faults")) as node:
        body = (ROOT + "<a/>" * 20_000 + "</ncts:CC015C>").encode()
        headers = {"content-type": "application/xml"}
        answer = node.client(ATTACKER).post("/v1/messages", content=body, headers=headers)
        harmed = len(answer.content) > len(body)
        return Effect(harmed, f"{len(body):,} bytes are answered by {len(answer.content):,}")


# --- what one call costs ---------------------------------------------------------------------------------------------

DEAR = '{"id":"goal:built once, used by all"}'
CROWD = tuple(f"127.0.0.{number}" for number in range(70, 78))
"""Addresses of strangers: one alone is held by the number of its requests."""
EACH = 30
"""Connections of each of them."""
DEAR_SECONDS = 6.0


@contextlib.contextmanager
def _asking_dearly(node: Node, askers: tuple[tuple[str, str], ...], connections: int) -> Iterator[None]:
    """Clients, from addresses of their own, that ask the dearest question all the time, whatever they are told."""

    def asker(who: str, address: str) -> dict[str, object]:
        files = node.identity / "clients"
        known = {"certificate": str(files / f"{who}.pem"), "key": str(files / f"{who}.key")} if who else {}
        return {"address": address, "connections": connections, **known}

    plan = {"port": node.ports["speed2"], "path": "/architecture/v1/impact", "body": DEAR, "seconds": DEAR_SECONDS,
            "askers": [asker(*each) for each in askers]}  # fmt: skip
    command = [sys.executable, "-m", "tests.hostile.crowd", json.dumps(plan)]
    with subprocess.Popen(command, cwd=ROOT_FOLDER, stdout=subprocess.PIPE, text=True) as crowd:
        assert crowd.stdout is not None
        if crowd.stdout.readline().strip() != "ready":
            raise CannotBePlayed("the crowd did not gather")
        yield
        told = json.loads(crowd.stdout.readline() or "{}")
        if not told.get("200"):
            raise CannotBePlayed(f"nobody of the crowd was ever answered: {told}")


@attempt("again 5", open_at=SECOND)
def strangers_ask_what_costs_much(union: Union) -> Effect:
    """Strangers from eight addresses ask what a change of a goal touches, and a trader waits for seconds (again 5)."""
    askers = tuple(("", address) for address in CROWD)
    return _watched(_fair("dear"), union, lambda node: _asking_dearly(node, askers, EACH), ("another trader", _reading))


@attempt("again 5", open_at=SECOND)
def traders_ask_what_costs_much(union: Union) -> Effect:
    """Three traders ask a dear question as often as they may, and another one waits for seconds (again 5)."""
    askers = tuple((who, address) for who, address in zip((ATTACKER, "trader.at.wien", "trader.at.linz"), CROWD,
                                                          strict=False))  # fmt: skip
    return _watched(
        _fair("dear-traders"), union, lambda node: _asking_dearly(node, askers, 64), ("another trader", _reading)
    )


# --- descriptors and disk --------------------------------------------------------------------------------------------


@attempt("security 11")
def bare_connections_silence_all_doors(union: Union) -> Effect:
    """1,010 connections to one door, without a byte, and with 1,024 descriptors every door is silent (security 11)."""

    @contextlib.contextmanager
    def bare(node: Node) -> Iterator[None]:
        held = []
        for _ in range(BARE):
            each = socket.socket()
            each.bind((FOREIGN, 0))
            each.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                each.connect(("127.0.0.1", node.ports["speed2"]))
            held.append(each)
        time.sleep(1)
        try:
            yield
        finally:
            for each in held:
                each.close()

    return _watched(
        _fair("bare", DESCRIPTORS), union, bare,
        ("an officer at another door", lambda node: _reading(node, "fr.officer", "ccn2")), ("a monitor", _living),
    )  # fmt: skip


@attempt("security 13")
def refused_attachments_fill_the_disk(union: Union) -> Effect:
    """A trader without any role sends 7 MB three times, is refused, and the node keeps it all (security 13)."""
    with union.alone(_fair("attachments")) as node:
        before = _size(node.data)
        client, statuses = node.client("trader.at.linz", source=FOREIGN), []
        for number in range(3):
            body = (
                b"--B\r\nContent-Type: application/xml\r\n\r\n<nonsense/>\r\n--B\r\nContent-Type: application/pdf\r\n"
                b"Content-ID: <a%d@x>\r\n\r\n" % number + os.urandom(7_000_000) + b"\r\n--B--\r\n"
            )
            media = 'multipart/related; type="application/xml"; boundary=B'
            with contextlib.suppress(httpx.HTTPError):  # an early refusal cuts the upload
                statuses.append(client.post("/v1/messages", content=body, headers={"content-type": media}).status_code)
        if 202 in statuses:
            raise CannotBePlayed("what should be refused is taken")
        wait_for(lambda: _size(node.data) - before < 5_000_000, 3)
        kept = (_size(node.data) - before) / 1e6
        return Effect(kept > 5, f"{kept:.0f} MB of 21 MB that were refused are kept")


@attempt("again 8", open_at=SECOND)
def drafts_are_kept_without_number(union: Union) -> Effect:
    """A trader saves one draft after the other under new names, and the node keeps every one of them (again 8)."""
    with union.alone(_fair("drafts")) as node:
        client, kept = node.client(ATTACKER, source=FOREIGN), 0
        for number in range(MANY_DRAFTS):
            body = {
                "name": f"filling-{number:05}",
                "operation": "transit.lodge_declaration",
                "turn": 0,
                "content": "{}",
            }
            answer = client.post("/drafts/v1/save", json=body)
            if answer.status_code == 429:
                break
            if answer.status_code != 202:
                raise CannotBePlayed(f"a draft is answered {answer.status_code}")
            kept += 1
        return Effect(kept == MANY_DRAFTS, f"{kept} drafts of one party are kept")


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
