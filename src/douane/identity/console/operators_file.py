"""The file of operators, and what the host may do about it: a voucher, and the glass.

These hold. (1) Which octets of the file hold says whoever judges followed files; while others stand there, those who
were operators before still are. (2) The file changes by the act ``operators.replace``, for which two answer, and never
here. (3) A voucher lets one person come in, while fewer than two operators are kept: the first one at once, since
nobody is there to agree; the second one as what he proposes, with which the first one agrees, signed in. It is used
once, within an hour, and is void as soon as there is another operator than when it was given. (4) Whoever broke the
glass is no person here: he agrees to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from douane.identity.kept import Kept
from douane.identity.operators import FILE, Operator, Operators, parse
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, NotAuthorised, NotFound

FOLDER: Final = "operators"
"""In the data folder: vouchers, and who broke the glass."""
HOUR: Final = 3_600_000_000
VOUCHER: Final = HOUR
"""How long a voucher holds (microseconds)."""
GLASS: Final = 4 * HOUR
"""How long one may act alone."""
ENOUGH: Final = 2
"""Operators who change the rest among themselves: from so many on nobody comes in by a voucher."""
_VOUCHERS: Final = "vouchers"
_BROKEN: Final = "glass"


class Voucher(msgspec.Struct, frozen=True):
    """A right to become the first or the second operator. ``by``: who asked for it at the host; ``kept``: how many
    operators there were."""

    given: int
    by: str
    kept: int


class Broken(msgspec.Struct, frozen=True):
    """Somebody acts alone. ``account``: in whose name; ``by``: who broke the glass at the host."""

    account: str
    by: str
    reason: str
    at: int
    until: int


class OperatorsFile:
    """The operators of a node. identity, data: its folders; octets: of a file, None where there is none; it raises for
    those that do not hold. ``now``: of the real clock."""

    def __init__(
        self, identity: Path, data: Path, *, octets: Callable[[Path], bytes | None], now: Callable[[], int],
        random: Callable[[int], bytes],
    ) -> None:  # fmt: skip
        self.path, self._octets, self._now = identity / FILE, octets, now
        self._kept = Kept(data / FOLDER, random)
        self._held: Operators | None = None

    def read(self) -> Operators:
        """Who is an operator; nobody where no operator is kept. What cannot be read changes nothing, as with all trust.

        Raises DeclarationFault where it could never be read.
        """
        try:
            self._held = self.judged()
        except DeclarationFault:
            if self._held is None:
                raise
        return self._held

    def judged(self) -> Operators:
        """Who is an operator by the file as it stands there. Raises DeclarationFault for one that does not hold."""
        try:
            return parse((self._octets(self.path) or b"").decode())
        except (OSError, UnicodeDecodeError) as problem:
            raise DeclarationFault(f"{self.path} cannot be read.", remedy="Mend its rights.") from problem

    def holds(self, account: str, *, alone: bool) -> bool:
        """Whether somebody is an operator now. ``alone``: he broke the glass, which is for when the file holds not."""
        if alone:
            return account in self._known()
        try:
            return account in self.read().accounts
        except DeclarationFault:
            return False

    # --- the first one, and the second one

    def voucher(self, by: str) -> str:
        """A secret by which somebody becomes the first or second operator, once, within an hour. Raises NotAuthorised,
        and DeclarationFault where the file does not hold."""
        kept = len(self.judged().accounts)
        if kept >= ENOUGH:
            raise NotAuthorised(
                "Two operators are kept already: a voucher makes the first and the second one alone.",
                remedy="Let one of them propose another one in the console; or break the glass.",
            ).because("operators: changed by two of them", "that fewer than two are kept", "two operators")
        for each in self._kept.files(_VOUCHERS):
            each.unlink(missing_ok=True)  # there is one, or none
        once = self._kept.secret()
        self._kept.write(self._kept.path(_VOUCHERS, once), Voucher(self._now(), by, kept))
        return once

    def vouched(self, once: str) -> Operators:
        """The operators beside whom a voucher lets somebody in. Raises NotAuthenticated unless it holds."""
        found, known = self._kept.read(self._kept.path(_VOUCHERS, once), Voucher), self.judged()
        if found is None or not 0 <= self._now() - found.given <= VOUCHER or found.kept != len(known.accounts):
            raise NotAuthenticated(
                "This voucher was used, is older than an hour, or never was.", remedy="Run douane operator voucher."
            )
        return known

    def let_in(self, once: str, operator: Operator) -> tuple[str, str]:
        """Use a voucher up: the file with somebody in it, and who vouched for him. Raises NotAuthenticated,
        DeclarationFault."""
        text = text_of((*self.vouched(once).accounts.values(), operator))
        parse(text)
        voucher = self._kept.take(self._kept.path(_VOUCHERS, once), Voucher)
        if voucher is None:
            raise NotAuthenticated("This voucher was used.", remedy="Run douane operator voucher.")
        return text, voucher.by

    # --- break glass

    def break_glass(self, account: str, by: str, reason: str) -> Broken:
        """Let somebody act alone, in the name of an operator, for four hours. Raises NotFound, DeclarationFault."""
        if account not in self._known():
            raise NotFound(f"{account[:60]!r} is no operator.", remedy="Name one: douane operator list.")
        if not reason.strip():
            raise DeclarationFault("The glass is broken for a reason.", remedy="Say why: --reason.")
        now = self._now()
        made = Broken(account, by, reason, now, now + GLASS)
        self._kept.write(self._kept.path(_BROKEN, self._kept.secret()), made)
        return made

    def broken(self) -> list[Broken]:
        """Who acts or acted alone, the latest first: everybody is told of it for as long as the file lies there."""
        found = (self._kept.read(each, Broken) for each in self._kept.files(_BROKEN))
        return sorted((each for each in found if each is not None), key=lambda each: -each.at)

    def _known(self) -> frozenset[str]:
        """Accounts of the file, approved or not: the glass is broken when nothing else works."""
        try:
            return frozenset(parse(self.path.read_text("utf-8")).accounts)
        except OSError:
            return frozenset()


def text_of(operators: tuple[Operator, ...]) -> str:
    """A file of these operators."""
    return "\n".join(_entry(each) for each in operators)


def _entry(each: Operator) -> str:
    lines = ["[[operator]]", f"account = {_quoted(each.account)}", f"name = {_quoted(each.name)}"]
    if each.issuer:
        lines += [f"issuer = {_quoted(each.issuer)}", f"subject = {_quoted(each.subject)}"]
    for key in each.passkey:
        lines += ["", "[[operator.passkey]]", f"id = {_quoted(key.id)}", f"key = {_quoted(key.key)}"]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A basic string of TOML: what JSON writes is one, but for DEL."""
    return msgspec.json.encode(text.replace("\x7f", "")).decode()
