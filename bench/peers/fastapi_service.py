"""The same unit of work on the popular stack: FastAPI, pydantic, SQLAlchemy's ORM, uvicorn.

``python -m bench.peers.fastapi_service PLAN.json``. Written as a competent team writes it: endpoints
in the thread pool, a pooled engine, indexes for what is asked, parsing and rules before the transaction, one commit a
request, release within the request. It does less than ours: thirty rules instead of about 95, no BPMN, no signed
Merkle log but a hash chain, no time limits, no certificate checks.
"""

import asyncio
import copy
import datetime as dt
import hashlib
import json
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from lxml import etree
from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bench.peers import rules
from bench.peers.declaration import Declaration, as_dict
from bench.peers.store import (
    Audit,
    Guarantee,
    Inbox,
    Message,
    Movement,
    Reservation,
    RiskProfile,
    open_engine,
)

NAMESPACE = "http://ncts.dgtaxud.ec"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
DEADLINE = dt.timedelta(days=8)
THRESHOLD = 80
POLL = 0.02
CHECK = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Receipt(BaseModel):
    """What the sender keeps."""

    id: str
    receipt: str
    received: dt.datetime
    digest: str


class InboxItem(BaseModel):
    """A message of the inbox."""

    id: str
    type: str
    message: str
    answers: str
    sent: dt.datetime
    body: str


class Page(BaseModel):
    """Messages after a cursor."""

    items: list[InboxItem]
    after: str


class Service:
    """The business of the service, apart from HTTP."""

    def __init__(self, folder: Path, schema: Path | None) -> None:
        self.engine = open_engine(str(folder / "peer.db"))
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.writing = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        self.one_writer = threading.Lock()  # waiting here is fairer and cheaper than SQLite's busy timeout
        self.schema = etree.XMLSchema(etree.parse(str(schema))) if schema else None
        with self.sessions() as session:
            self.risk = {p.heading: p.score for p in session.scalars(select(RiskProfile))}
            last = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(1)).first()
            self.chained = last.chained if last else "0" * 64
            self.serial = session.query(Movement).count()

    def lodge(self, sender: str, body: bytes) -> Receipt:
        """Take a declaration: validate, reserve, assess, release, answer; all of it in one transaction."""
        digest, now = hashlib.sha256(body).hexdigest(), dt.datetime.now(dt.UTC)
        root = self._parsed(body)
        try:
            declaration = Declaration.model_validate(as_dict(root))
        except ValidationError as problem:
            raise HTTPException(422, problem.errors(include_url=False, include_context=False)) from problem
        found = rules.faults(declaration)
        if found:
            raise HTTPException(422, [{"pointer": pointer, "rule": name} for pointer, name in found])
        score = max(self._score(item.commodity.commodity_code) for item in declaration.items)
        with self.one_writer, self.writing() as session, session.begin():
            return self._stored(session, sender, body, digest, now, root, declaration, score)

    def _parsed(self, body: bytes) -> etree._Element:
        try:
            root = etree.fromstring(body, PARSER)
        except etree.XMLSyntaxError as problem:
            raise HTTPException(422, str(problem)) from problem
        if self.schema is not None and not self.schema.validate(root):
            log: Any = self.schema.error_log  # its stub says less than it can
            raise HTTPException(422, [str(error) for error in log])
        return root

    def _score(self, code: Any) -> int:
        return self.risk.get(code.harmonized_system_sub_heading_code[:4], 0) if code else 0

    def _stored(
        self, session: Session, sender: str, body: bytes, digest: str, now: dt.datetime, root: etree._Element,
        declaration: Declaration, score: int,
    ) -> Receipt:  # fmt: skip
        own_id = declaration.message_identification
        known = session.scalars(
            select(Message).where(Message.sender == sender, Message.identification == own_id)
        ).one_or_none()
        if known is not None:
            if known.digest != digest:
                raise HTTPException(409, "This identification was used for other content.")
            return Receipt(id=own_id, receipt=str(known.id), received=known.received, digest=digest)
        message = Message(
            sender=sender, identification=own_id, type="CC015C", digest=digest, received=now, body=body
        )  # fmt: skip
        session.add(message)
        session.flush()
        mrn = self._mrn(declaration.departure.reference_number, now)
        self._reserve(session, declaration, mrn)
        session.add(
            Movement(
                lrn=declaration.operation.lrn, mrn=mrn, holder=declaration.holder.identification_number or "",
                office=declaration.departure.reference_number, destination=declaration.destination.reference_number,
                state="released" if score < THRESHOLD else "under control", risk=str(score), deadline=now + DEADLINE,
                message=message.id,
            )
        )  # fmt: skip
        self._audit(session, "accepted", own_id, digest, now)
        for kind in ("CC928C", "CC028C", "CC029C" if score < THRESHOLD else "CC060C"):
            text = self._answer(kind, declaration, root, mrn, now)
            answer_id = f"{kind}{message.id:012}"
            session.add(Inbox(party=sender, type=kind, message=answer_id, answers=own_id, sent=now, body=text))
            self._audit(session, kind, answer_id, hashlib.sha256(text.encode()).hexdigest(), now)
        return Receipt(id=own_id, receipt=str(message.id), received=now, digest=digest)

    def _mrn(self, office: str, now: dt.datetime) -> str:
        self.serial += 1
        text = f"{now:%y}{office[:2]}{self.serial:012}J"
        total = sum((10 if c.isdigit() else 11) * (n + 1) + CHECK.index(c) for n, c in enumerate(text))
        return f"{text}{total % 10}"

    def _reserve(self, session: Session, declaration: Declaration, mrn: str) -> None:
        reference = declaration.guarantees[0].guarantee_reference[0]
        guarantee = session.get(Guarantee, reference.grn)
        if guarantee is None or guarantee.access_code != reference.access_code:
            raise HTTPException(422, "The guarantee is unknown or its access code wrong.")
        if guarantee.reserved + reference.amount_to_be_covered > guarantee.limit:
            raise HTTPException(422, "The guarantee does not suffice.")
        guarantee.reserved += reference.amount_to_be_covered
        session.add(Reservation(mrn=mrn, grn=guarantee.grn, amount=reference.amount_to_be_covered))

    def _audit(self, session: Session, event: str, reference: str, digest: str, now: dt.datetime) -> None:
        self.chained = hashlib.sha256(f"{self.chained}{event}{reference}{digest}{now}".encode()).hexdigest()
        session.add(Audit(at=now, event=event, reference=reference, digest=digest, chained=self.chained))

    def _answer(self, kind: str, declaration: Declaration, root: etree._Element, mrn: str, now: dt.datetime) -> str:
        answer = etree.Element(f"{{{NAMESPACE}}}{kind}", nsmap={"ncts": NAMESPACE}, PhaseID="NCTS5.1")
        for name, text in (
            ("messageSender", "NTA.FR"),
            ("messageRecipient", declaration.message_sender),
            ("preparationDateAndTime", now.strftime("%Y-%m-%dT%H:%M:%S")),
            ("messageIdentification", f"{kind}{self.serial:012}"),
            ("messageType", kind),
            ("correlationIdentifier", declaration.message_identification),
        ):
            etree.SubElement(answer, name).text = text
        operation = etree.SubElement(answer, "TransitOperation")
        etree.SubElement(operation, "LRN").text = declaration.operation.lrn
        if kind != "CC928C":
            etree.SubElement(operation, "MRN").text = mrn
        if kind == "CC029C":
            for child in root:
                if etree.QName(child).localname[0].isupper() and etree.QName(child).localname != "TransitOperation":
                    answer.append(copy.deepcopy(child))
        else:
            for name in ("CustomsOfficeOfDeparture", "HolderOfTheTransitProcedure"):
                part = root.find(name)
                assert part is not None, name
                answer.append(copy.deepcopy(part))
        return etree.tostring(answer, encoding="unicode")

    def collect(self, party: str, after: int, limit: int = 50) -> Page:
        """What waits for a party."""
        with self.sessions() as session:
            rows = session.scalars(
                select(Inbox).where(Inbox.party == party, Inbox.id > after).order_by(Inbox.id).limit(limit)
            ).all()
        items = [
            InboxItem(id=str(r.id), type=r.type, message=r.message, answers=r.answers, sent=r.sent, body=r.body)
            for r in rows
        ]
        return Page(items=items, after=str(rows[-1].id if rows else after))


def make_app(service: Service, tokens: dict[str, str]) -> FastAPI:
    """The application; callers are known by opaque tokens."""

    app = FastAPI()

    def caller(authorization: Annotated[str, Header()] = "") -> str:
        party = tokens.get(authorization.removeprefix("Bearer "))
        if party is None:
            raise HTTPException(401, "The token is not known.")
        return party

    @app.post("/v1/messages", status_code=202)
    async def lodge(request: Request, party: Annotated[str, Depends(caller)]) -> Receipt:
        return await run_in_threadpool(service.lodge, party, await request.body())

    @app.get("/v1/inbox")
    async def inbox(party: Annotated[str, Depends(caller)], after: str = "", wait: float = 0.0) -> Page:
        until = asyncio.get_running_loop().time() + min(wait, 30.0)
        while True:
            page = await run_in_threadpool(service.collect, party, int(after or 0))
            if page.items or asyncio.get_running_loop().time() >= until:
                return page
            await asyncio.sleep(POLL)

    return app


def prepare(plan: dict[str, Any]) -> None:
    """Guarantees and risk profiles."""
    engine = open_engine(str(Path(plan["folder"]) / "peer.db"))
    with sessionmaker(engine)() as session, session.begin():
        for n, each in enumerate(plan["guarantees"]):
            holder = plan["parties"][n % len(plan["parties"])]
            session.add(Guarantee(grn=each, holder=holder, access_code=plan["code"], limit=Decimal(10) ** 12))
        for number in range(200):
            session.add(RiskProfile(heading=f"{number * 49 % 9_800 + 100:04}", score=number % 70))
    engine.dispose()


async def serve(plan: dict[str, Any]) -> None:
    """Until the input ends."""
    prepare(plan)
    service = Service(Path(plan["folder"]), Path(plan["schema"]) if plan["schema"] else None)
    tokens = dict(zip(plan["tokens"], plan["parties"], strict=True))
    config = uvicorn.Config(
        make_app(service, tokens), port=0, log_level="critical", access_log=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    task = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.01)
    print(json.dumps({"ready": server.servers[0].sockets[0].getsockname()[1]}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    server.should_exit = True
    await task


def main() -> None:
    """Serve until told to stop."""
    import uvloop

    uvloop.run(serve(json.loads(Path(sys.argv[1]).read_text())))


if __name__ == "__main__":
    main()
