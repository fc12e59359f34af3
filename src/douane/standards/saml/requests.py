"""Requests and what answers them: to sign somebody in (SAML Core, 3.4), and to sign him out (3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from douane.standards.saml import names
from douane.standards.saml.reading import only, read, saml, samlp, text_of, time_of, written
from douane.standards.saml.reasons import Reason, refuse
from douane.standards.saml.responses import LONGEST, OLDEST, SKEW
from douane.standards.xml.writing import attribute, text

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to sign somebody in. ``fresh``: whether he is to prove anew who he is. ``level``: the least assurance.

    now: seconds since 1970.
    """

    id: str
    issuer: str
    destination: str
    consumer: str
    now: int
    fresh: bool = False
    level: str = ""


def write_request(asked: Asked) -> bytes:
    """An ``AuthnRequest``, answered by HTTP-POST."""
    force = ' ForceAuthn="true"' if asked.fresh else ""
    context = (
        f'<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>{text(asked.level)}'
        "</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>" if asked.level else ""
    )  # fmt: skip
    return (
        f'<samlp:AuthnRequest xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.ASSERTION}"'
        f"{_head(asked.id, asked.destination, asked.now)}{force} "
        f'ProtocolBinding="{names.POST}" AssertionConsumerServiceURL="{attribute(asked.consumer)}">'
        f"<saml:Issuer>{text(asked.issuer)}</saml:Issuer>{context}</samlp:AuthnRequest>"
    ).encode()


def _head(id: str, destination: str, now: int) -> str:
    return (
        f' ID="{attribute(id)}" Version="2.0" IssueInstant="{written(now)}" Destination="{attribute(destination)}"'
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logout:
    """A request to sign somebody out. ``session``: the provider's names of its sessions; none for all of them."""

    id: str
    subject: str
    sessions: tuple[str, ...] = ()


def read_logout(data: bytes, *, issuer: str, destination: str, now: int) -> Logout:
    """A ``LogoutRequest`` whose signature the binding has proven. Raises AssertionRefused."""
    root = read(data)
    if root.tag != samlp("LogoutRequest") or root.get("Version") != "2.0":
        refuse(Reason.NO_RESPONSE)
    if not root.get("ID"):
        refuse(Reason.NO_ID)
    if text_of(only(root, saml("Issuer"), Reason.ISSUER)) != issuer:
        refuse(Reason.ISSUER)
    if root.get("Destination") != destination:
        refuse(Reason.DESTINATION)
    _timely(root, now)
    who = text_of(only(root, saml("NameID"), Reason.SUBJECT))
    if not 0 < len(who) <= LONGEST:
        refuse(Reason.SUBJECT)
    return Logout(root.get("ID", ""), who, tuple(text_of(each) for each in root.findall(samlp("SessionIndex"))))


def _timely(root: _Element, now: int) -> None:
    at, until = (time_of(root, each, Reason.ISSUED) for each in ("IssueInstant", "NotOnOrAfter"))
    if at is None or not now - OLDEST - SKEW <= at <= now + SKEW:
        refuse(Reason.ISSUED)
    if until is not None and now >= until + SKEW:
        refuse(Reason.EXPIRED)


def write_logout_request(*, id: str, subject: str, issuer: str, destination: str, now: int) -> bytes:
    """A ``LogoutRequest`` that ends every session of somebody. ``subject``: as the provider named him."""
    return (
        f'<samlp:LogoutRequest xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.ASSERTION}"'
        f"{_head(id, destination, now)}><saml:Issuer>{text(issuer)}</saml:Issuer>"
        f"<saml:NameID>{text(subject)}</saml:NameID></samlp:LogoutRequest>"
    ).encode()


def write_logout_response(*, id: str, answers: str, issuer: str, destination: str, now: int) -> bytes:
    """That somebody was signed out. ``answers``: the ID of the request."""
    return (
        f'<samlp:LogoutResponse xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.ASSERTION}"'
        f'{_head(id, destination, now)} InResponseTo="{attribute(answers)}">'
        f'<saml:Issuer>{text(issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{names.SUCCESS}"/>'
        "</samlp:Status></samlp:LogoutResponse>"
    ).encode()
