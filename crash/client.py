"""A load client: some traders that lodge, amend and present movements at SPEED2, and collect what they are answered.

``python -m crash.client PLAN.json``. Each trader sends one message after another over a connection of its own, with its
certificate, and goes on to the next only when it holds a receipt: what has no answer is sent again, the same
identification and the same bytes. What is released it brings to its end, and says for the officers on the way, at CCN2,
what they see. It writes every fact into its ledger first. On standard input it takes ``finish``
(end the cases begun, then say ``finished``) and ``drain`` (collect until every case is answered, then say ``drained``).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import ssl
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from crash.cases import case_of
from crash.ledger import Ledger, Line, What
from crash.messages import Case, Message, case_and_sequence, case_name
from crash.onward import PATHS
from crash.ways import Ways

NO_ANSWER_AFTER = 10.0
PAUSE = 0.01
COLLECT_EVERY = 4
MRN = re.compile(r"<MRN>([0-9A-Z]+)<")
AMOUNT = re.compile(r"<amountToBeCovered>([0-9.]+)<")


class Plan(msgspec.Struct, frozen=True):
    """What a load client is to do. ``trust``: root certificate; traders, officers: number or name to certificate and
    key; ``pause``: seconds between two messages of a trader; ``quiet``: seconds without anything new until draining is
    given up. port: of SPEED2; desk: of CCN2."""

    host: str
    port: int
    desk: int
    trust: str
    traders: dict[str, tuple[str, str]]
    officers: dict[str, tuple[str, str]]
    ledger: str
    seed: int
    pause: float
    quiet: float = 30.0


DOWN = -1
"""Instead of a status: nobody listened, so nothing was sent."""


class NoAnswer(Exception):
    """The connection broke, or nothing came in time."""


class NobodyListens(NoAnswer):
    """There was no connection to send anything over."""


class Connection:
    """A kept-alive connection with a client's certificate, made anew where it broke."""

    def __init__(self, host: str, port: int, trust: str, certificate: str, key: str) -> None:
        self._host, self._port = host, port
        self._context = ssl.create_default_context(cafile=trust)
        self._context.load_cert_chain(certificate, key)
        self._open: http.client.HTTPSConnection | None = None

    def ask(
        self, method: str, path: str, body: bytes = b"", type: str = "application/xml", own_id: str = ""
    ) -> tuple[int, bytes]:
        """Status and body. own_id: the identification of a message that does not carry one. Raises NoAnswer where it is
        not known whether the request had an effect."""
        try:
            if self._open is None:
                self._open = http.client.HTTPSConnection(
                    self._host, self._port, timeout=NO_ANSWER_AFTER, context=self._context
                )
            named = {"message-id": own_id} if own_id else {}
            self._open.request(method, path, body or None, {"content-type": type, **named} if body else named)
            answer = self._open.getresponse()
            found = answer.status, answer.read()
        except ConnectionRefusedError as problem:
            self.close()
            raise NobodyListens from problem
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            raise NoAnswer(type_of(problem)) from problem
        if answer.will_close:
            self.close()
        return found

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None


def type_of(problem: BaseException) -> str:
    """The name of what went wrong."""
    return type(problem).__name__


class Trader:
    """One trader: what it does next, what it has been told."""

    def __init__(
        self, number: int, connection: Connection, desks: dict[str, Connection], ledger: Ledger, plan: Plan
    ) -> None:
        self.number, self._connection, self._ledger, self._plan = number, connection, ledger, plan
        self._desks, self._ways = desks, Ways()
        self._chance = random.Random(plan.seed * 1_000 + number)
        self._held: deque[tuple[Message, str]] = deque(maxlen=50)
        self._cursor, self._open, self._collected = "", dict[str, Counter[str]](), 0
        self.finish, self.drain = threading.Event(), threading.Event()
        self.finished, self.drained = threading.Event(), threading.Event()

    def run(self) -> None:
        """Cases until told to finish and all have come to their end, then collect until told to drain and nothing is
        open."""
        number = 0
        while not self.finish.is_set():
            if not self._go_on():
                self._case(case_of(case_name(self.number, number)))
                number += 1
        last = time.monotonic()
        while self._ways.left and time.monotonic() - last < self._plan.quiet:
            if self._go_on() or self._collect():
                last = time.monotonic()
            else:
                time.sleep(0.05)
        self.finished.set()
        self.drain.wait()
        self._drain()
        self.drained.set()

    # --- sending

    def _case(self, case: Case) -> None:
        self._open[case.name] = Counter(
            {message.id: len(a) for message, a in zip(case.messages, case.answers, strict=True)}
        )
        self._ways.begin(case)
        for message in case.messages[: case.lodged]:
            self._say(message)

    def _go_on(self) -> bool:
        """Send what has its turn of a movement that was released; False where nothing has."""
        message = self._ways.next(self._known)
        if message is not None:
            self._say(message)
        return message is not None

    def _say(self, message: Message) -> None:
        self._send(message)
        self._sometimes(message)
        time.sleep(self._plan.pause * self._chance.random() * 2)

    def _known(self, message: Message, mrn: str) -> bool:
        """Whether the movement is expected at an office, or an officer has it on his list: on whichever page."""
        asked: dict[str, Any] = {"office": message.office, "limit": 100}
        if message.by:
            path, asked["state"] = "/case_files/v1/my_tasks", "open"
        else:
            path, asked["state"], asked["country"] = "/case_files/v1/my_cases", "expected", message.office[:2]
        door = self._desks[message.by] if message.by else self._connection
        while True:
            try:
                status, body = door.ask("POST", path, json.dumps(asked).encode(), "application/json")
            except NoAnswer:
                return False
            if status != 200:
                return False
            if mrn.encode() in body:
                return True
            asked["after"] = json.loads(body)["after"]
            if not asked["after"]:
                return False

    def _send(self, message: Message) -> None:
        """Until it is acknowledged, or refused."""
        write = self._ledger.write
        write(Line(What.SENT, message.id, time.monotonic(), digest=message.digest, type=message.type))
        while True:
            asked, status, text = self._offer(message, message.body)
            line = Line(What.UNKNOWN, message.id, time.monotonic(), asked, status=status, text=text)
            if status == 202:
                write(msgspec.structs.replace(line, what=What.ACKNOWLEDGED))
                self._held.append((message, text))
                return
            if 0 < status < 500:
                write(msgspec.structs.replace(line, what=What.REFUSED))
                return
            if status != DOWN:
                write(msgspec.structs.replace(line, what=What.BUSY if status == 503 else What.UNKNOWN))
            time.sleep(PAUSE)

    def _offer(self, message: Message, body: bytes) -> tuple[float, int, str]:
        asked = time.monotonic()
        try:
            if message.by:
                path, door = PATHS[message.type], self._desks[message.by]
                status, answer = door.ask("POST", path, body, "application/json", message.id)
            else:
                status, answer = self._connection.ask("POST", "/v1/messages", body)
        except NoAnswer as problem:
            return asked, DOWN if isinstance(problem, NobodyListens) else 0, str(problem)
        return asked, status, answer.decode()

    def _sometimes(self, message: Message) -> None:
        """Send again what is acknowledged, now and then; now and then with other bytes; collect every few messages."""
        dice = self._chance.random()
        if dice < 0.06 and self._held:
            old, _ = self._chance.choice(self._held)
            asked, status, text = self._offer(old, old.body)
            if status == 202:
                self._ledger.write(Line(What.AGAIN, old.id, time.monotonic(), asked, status=status, text=text))
        elif dice < 0.07:
            asked, status, text = self._offer(message, message.body + b" ")
            if status > 0 and status != 503:
                self._ledger.write(Line(What.CHANGED, message.id, time.monotonic(), asked, status=status, text=text))
        elif dice < 0.07 + 1 / COLLECT_EVERY:
            self._collect()

    # --- collecting

    def _collect(self, limit: int = 50) -> int:
        """A page of the inbox; how many messages were on it. A tenth is acknowledged there."""
        try:
            status, body = self._connection.ask("GET", f"/v1/inbox?after={self._cursor}&limit={limit}")
        except NoAnswer:
            return 0
        if status != 200:
            return 0
        page = json.loads(body)
        for item in page["items"]:
            self._take(item)
        self._cursor = page["after"]
        return len(page["items"])

    def _take(self, item: dict[str, Any]) -> None:
        amount = AMOUNT.search(item["body"]) if item["type"] == "CC029C" else None
        named = MRN.search(item["body"])
        mrn = named.group(1) if named else ""
        answers = self._ways.took(item["type"], item["answers"], mrn)
        self._ledger.write(Line(
            What.COLLECTED, item["id"], time.monotonic(), digest=item["digest"], type=item["type"],
            message=item["message"], answers=answers, case=item["case"], party=self.number, mrn=mrn,
            amount=amount.group(1) if amount else "",
        ))  # fmt: skip
        self._collected += 1
        case = case_and_sequence(answers)[0] if answers else ""
        waits = self._open.get(case)
        if waits is not None:
            waits[answers] -= 1
            if sum(max(0, left) for left in waits.values()) == 0:
                del self._open[case]
        if self._chance.random() < 0.1:
            self._acknowledge(item["id"])

    def _acknowledge(self, item: str) -> None:
        """Until the node says that the message was taken out."""
        while True:
            try:
                status, _ = self._connection.ask("POST", f"/v1/inbox/{item}/ack")
            except NoAnswer:
                status = 0
            if status == 204:
                self._ledger.write(Line(What.TAKEN, item, time.monotonic(), party=self.number))
                return
            time.sleep(PAUSE)

    def _drain(self) -> None:
        """Collect until nothing is open, or nothing new has come for a while."""
        last = time.monotonic()
        while self._open and time.monotonic() - last < self._plan.quiet:
            if self._collect():
                last = time.monotonic()
            else:
                time.sleep(0.05)
        while self._collect():
            pass


def main() -> None:
    """Run the traders of a plan; obey standard input."""
    plan = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Plan)
    ledger = Ledger(Path(plan.ledger))
    traders = []
    for number, files in plan.traders.items():
        desks = {name: Connection(plan.host, plan.desk, plan.trust, *own) for name, own in plan.officers.items()}
        door = Connection(plan.host, plan.port, plan.trust, *files)
        traders.append(Trader(int(number), door, desks, ledger, plan))
    for trader in traders:
        threading.Thread(target=guarded, args=(trader.run,), name=f"trader {trader.number}", daemon=True).start()
    obeying(traders)


class Obedient(Protocol):
    """Who works on a thread of his own, and finishes and drains when told to."""

    finish: threading.Event
    drain: threading.Event
    finished: threading.Event
    drained: threading.Event


def obeying(workers: Sequence[Obedient]) -> None:
    """Tell them what standard input says, and say on standard output when all have done it."""
    for line in sys.stdin:
        finishing = line.strip() == "finish"
        for each in workers:
            (each.finish if finishing else each.drain).set()
        for each in workers:
            (each.finished if finishing else each.drained).wait()
        print("finished" if finishing else "drained", flush=True)
        if not finishing:
            return
    os._exit(1)  # whoever started this is gone


def guarded(work: Callable[[], None]) -> None:
    """A trader that fails takes its process with it: silence would look like health."""
    try:
        work()
    except BaseException as problem:
        print(f"failed {type_of(problem)}: {problem}", flush=True)
        os._exit(1)


if __name__ == "__main__":
    main()
