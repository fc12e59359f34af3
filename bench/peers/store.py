"""The tables of the peer: SQLAlchemy's ORM over SQLite with the same durability as ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, ForeignKey, Index, LargeBinary, Numeric, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class Message(Base):
    """A message that was received; sender and identification are unique together."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(35))
    identification: Mapped[str] = mapped_column(String(35))
    type: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    received: Mapped[dt.datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (Index("message_known", "sender", "identification", unique=True),)


class Guarantee(Base):
    """A guarantee with its limit and what is reserved."""

    __tablename__ = "guarantee"
    grn: Mapped[str] = mapped_column(String(24), primary_key=True)
    holder: Mapped[str] = mapped_column(String(17))
    access_code: Mapped[str] = mapped_column(String(4))
    limit: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    reserved: Mapped[Decimal] = mapped_column(Numeric(18, 2), default=Decimal(0))


class Reservation(Base):
    """What a movement reserved."""

    __tablename__ = "reservation"
    mrn: Mapped[str] = mapped_column(String(18), primary_key=True)
    grn: Mapped[str] = mapped_column(ForeignKey("guarantee.grn"), index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))


class Movement(Base):
    """A movement under transit."""

    __tablename__ = "movement"
    id: Mapped[int] = mapped_column(primary_key=True)
    lrn: Mapped[str] = mapped_column(String(22))
    mrn: Mapped[str] = mapped_column(String(18), unique=True)
    holder: Mapped[str] = mapped_column(String(17))
    office: Mapped[str] = mapped_column(String(8))
    destination: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(20))
    risk: Mapped[str] = mapped_column(String(8))
    deadline: Mapped[dt.datetime]
    message: Mapped[int] = mapped_column(ForeignKey("message.id"))
    __table_args__ = (
        Index("movement_lrn", "holder", "lrn", unique=True),
        Index("movement_state", "office", "state", "deadline"),
    )


class Inbox(Base):
    """A message that waits for its party."""

    __tablename__ = "inbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(17))
    type: Mapped[str] = mapped_column(String(8))
    message: Mapped[str] = mapped_column(String(35))
    answers: Mapped[str] = mapped_column(String(35))
    sent: Mapped[dt.datetime]
    body: Mapped[str]
    __table_args__ = (Index("inbox_party", "party", "id"),)


class Audit(Base):
    """A line of the audit trail; each holds the hash of the one before."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    event: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(35))
    digest: Mapped[str] = mapped_column(String(64))
    chained: Mapped[str] = mapped_column(String(64))


class RiskProfile(Base):
    """A risk profile by heading."""

    __tablename__ = "risk_profile"
    heading: Mapped[str] = mapped_column(String(4), primary_key=True)
    score: Mapped[int]


def open_engine(path: str) -> Engine:
    """An engine over a file: WAL, synchronous FULL, write transactions that begin as such."""
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": 30, "check_same_thread": False}, pool_size=40, max_overflow=0
    )

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own advice: it begins transactions itself
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA foreign_keys = ON")

    def begun(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    Base.metadata.create_all(engine)
    return engine
