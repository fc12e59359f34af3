"""How pages get a statement of UUM&DS on who asks about a case: in their own process, or at the sign-in pages."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import msgspec

from douane.channels.browser.safety import FORM
from douane.channels.browser.visits import Visit
from douane.identity.asker_statements import Askers
from douane.identity.principals import Principal
from douane.identity.registered.statements import AT
from douane.runtime.door.outgoing import Asked
from douane.shared_services.web.outgoing import Http
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.errors import DeclarationFault, PartnerFault

States = Callable[[Visit, AskedCase], Awaitable[str]]
"""A statement that a visitor asks about a case; empty where none is had."""
SECONDS: Final = 3.0


class Stated(msgspec.Struct, frozen=True):
    """What the sign-in pages answer."""

    statement: str


def states_here(askers: Askers) -> States:
    """In a process that lets persons in, and has the key of tokens."""

    async def states(visit: Visit, case: AskedCase) -> str:
        return askers.state(visit.caller, case) if isinstance(visit.caller, Principal) else ""

    return states


def states_there(sign_in: Callable[[], str], root: Path) -> States:
    """In any other process, which asks the sign-in pages by what the browser holds. sign_in: their address. root: of
    the authorities of the installation, which are believed beside those of the system."""
    made: list[Http] = []

    def http() -> Http:
        if not made:
            context = ssl.create_default_context()
            context.load_verify_locations(root)
            made.append(Http(context, SECONDS))
        return made[0]

    async def states(visit: Visit, case: AskedCase) -> str:
        said = {"session": visit.cookies.get(visit.site.cookie, ""), **msgspec.structs.asdict(case)}
        asked = Asked("POST", f"{sign_in()}{AT}", {"content-type": FORM}, urlencode(said).encode())
        try:
            answer = await http().ask(asked)
            return msgspec.json.decode(answer.body, type=Stated).statement if answer.status == 200 else ""
        except (PartnerFault, DeclarationFault, msgspec.MsgspecError):
            return ""

    return states
