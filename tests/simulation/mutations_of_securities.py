"""Seeded bugs of vouchers, access codes and offices of transit that were not declared: with ``securities`` alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any, Final

from douane.applications.guarantees.handlers import vouchers
from douane.applications.guarantees.messages import VoucherSold
from douane.applications.guarantees.rules import ledgers
from douane.runtime.core.work import Work
from douane.standards.ncts import phase5 as p5
from tests.simulation.patching import Mutation, patched

HOLDERS: Final = 3


def let_a_voucher_cover_again() -> AbstractContextManager[None]:
    """Used up by nobody, as an undertaking for many movements is."""
    against = ledgers._against_amount

    def unspent(terms: Any, ledger: Any, held: Any, use: Any) -> Any:
        return [each for each in against(terms, ledger, held, use) if each is not ledgers.Invalid.VOUCHER_USED]

    return patched(ledgers, "_against_amount", unspent)


def open_by_any_code() -> AbstractContextManager[None]:
    """The code of a guarantee is compared with nothing."""
    return patched(ledgers, "hmac", SimpleNamespace(compare_digest=lambda _kept, _said: True))


def leave_the_code_as_it_was() -> AbstractContextManager[None]:
    """The master access code is never right, and the change never made."""
    return patched(vouchers, "hmac", SimpleNamespace(compare_digest=lambda _kept, _said: False))


def forget_what_was_sold() -> AbstractContextManager[None]:
    """No voucher becomes a guarantee."""
    ask = Work.ask

    def silent(self: Any, operation: Any, message: Any, **how: Any) -> Any:
        return None if isinstance(message, VoucherSold) else ask(self, operation, message, **how)

    return patched(Work, "ask", silent)


def leave_unanswered(kind: type) -> AbstractContextManager[None]:
    """No answer of this type leaves a case."""
    reply = Work.reply

    def silent(self: Any, message: Any, **how: Any) -> None:
        if not isinstance(message, kind):
            reply(self, message, **how)

    return patched(Work, "reply", silent)


MUTATIONS = (
    Mutation("a voucher covers again", "a voucher covers one movement", let_a_voucher_cover_again, securities=HOLDERS),
    Mutation("any code opens a guarantee", "a former access code opens nothing", open_by_any_code, securities=HOLDERS),
    Mutation("access code left as it was", "a holder changes his access code", leave_the_code_as_it_was,
             securities=HOLDERS),
    Mutation("sold voucher forgotten", "a voucher that was sold covers a movement", forget_what_was_sold,
             securities=HOLDERS),
    Mutation("record kept from another office of transit", "who sees the goods pass gets their record",
             lambda: leave_unanswered(p5.CD115C), securities=HOLDERS),
)  # fmt: skip
