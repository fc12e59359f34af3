"""What runs out: certificates and lists of the identity and of the ways to other nodes, and hashes of secrets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.identity.certificates import moment
from douane.identity.register import COST
from douane.trust import expiring
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.expiring import Expiring, shown_by
from douane.trust.revoking import Proof, vouching
from douane.vocabulary.errors import DouaneError

SOON_DAYS: Final = 30


def certificates(settings: NodeSettings) -> Iterator[Said]:
    """The listeners' chain, authorities, cards of links and of ways to other nodes, what the access point goes by."""
    ways = [(each.identity, each.client) for each in settings.routes.values()]
    shown = expiring.certificates(DevelopmentIdentity(settings.identity_folder), ways, shown_by(settings))
    for each in (*shown, *expiring.access_point(settings.data)):
        yield from _judged(each)
        if each.since is not None and each.since > _now():
            yield fault(f"{each.what} holds from {each.since:%Y-%m-%d} on only.",
                        "Look at the clock of this machine, or wait.")  # fmt: skip


def lists(settings: NodeSettings) -> Iterator[Said]:
    """Revocation lists: without one, or past its next update, everybody is refused whom its authority vouches for."""
    made = DevelopmentIdentity(settings.identity_folder)
    if not all(path.is_file() for path in made.client_authorities):
        return  # identity.files says so
    for each in vouching(made, SystemClock().now()):
        if each.proof is Proof.MISSING:
            yield warning(
                f"There is no revocation list of {each.name}: doors refuse whom it vouches for.",
                f"Load it: douane certificate load FILE; if it publishes none: douane certificate unlisted {each.key}",
            )
    for listed in expiring.lists(made, SystemClock().now()):
        yield from _judged(listed)


def secrets(settings: NodeSettings) -> Iterator[Said]:
    """Secrets that are kept by a hash which is cheaper to guess at than is advised now."""
    made = DevelopmentIdentity(settings.identity_folder)
    if settings.development or not made.register.is_file():
        return
    try:
        register = made.load_register()
    except (DouaneError, OSError, ValueError):
        return  # identity.files says so
    old = sorted(each.id for each in register if each.secret is not None and each.secret.cost < COST)
    if old:
        yield warning(
            f"The secrets of {len(old)} clients are kept by a hash that is too cheap by now: {', '.join(old[:5])}"
            f"{' and others' if len(old) > 5 else ''}.",
            f"Let UUM&DS own {made.register}, which hashes each anew when it comes, or give them new ones.",
        )


def _judged(each: Expiring) -> Iterable[Said]:
    days = (each.until - _now()).days
    if each.until < _now():
        yield fault(f"{each.what} ran out on {each.until:%Y-%m-%d}.", f"{each.remedy}.")
    elif days < SOON_DAYS:
        yield warning(
            f"{each.what} runs out in {days} days, on {each.until:%Y-%m-%d}.", f"{each.remedy} before that day."
        )


def _now() -> dt.datetime:
    return moment(SystemClock().now())


CHECKS = (
    Check("expiry.certificates", certificates),
    Check("expiry.lists", lists),
    Check("expiry.secrets", secrets),
)
