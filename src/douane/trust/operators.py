"""Who operates a node, and how they sign in at its console: put together from its settings."""

from __future__ import annotations

from collections.abc import Callable

from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.console.operators_file import FOLDER, OperatorsFile
from douane.identity.console.passkeys import OperatorPasskeys
from douane.identity.federating.federation import Federation
from douane.identity.federating.sealing import Seal
from douane.identity.kept import Kept
from douane.identity.operators import Operators
from douane.identity.sessions import Sessions
from douane.portal.operators import OperatorsDesk, Put
from douane.shared_services.auditing.reads import Read, about_of
from douane.shared_services.web.outgoing import Http
from douane.trust.following import Followed
from douane.trust.holding import Holding
from douane.vocabulary.errors import SenderFault


def operators_file(settings: NodeSettings, holding: Holding | None = None) -> OperatorsFile:
    """Who operates a node. holding: what its core goes by; another process goes by what a core wrote down."""
    judge = holding or Holding(settings.data, needed=not settings.development)
    return OperatorsFile(
        settings.identity_folder, settings.data, octets=judge.octets, now=SystemClock().now,
        random=SystemIds().random,
    )  # fmt: skip


def followed_operators(file: OperatorsFile, holding: Holding) -> Followed[Operators]:
    """What tells that the file stands there as nobody agreed to it; who operates asks the file itself."""
    return Followed(lambda: [file.path, *holding.files], file.judged, lambda _now: None, "operators")


def acting_alone(settings: NodeSettings) -> Callable[[], int]:
    """How many act alone in a node now, as its first process tells it."""
    file, clock = operators_file(settings), SystemClock()
    if settings.worker:
        return int
    return lambda: sum(each.until > clock.now() for each in file.broken())


def operators_desk(
    settings: NodeSettings, file: OperatorsFile, sessions: Sessions, known: Federation, at: Callable[[], str],
    note: Callable[[Read], None], told: Callable[[SenderFault], None], put: Put,
) -> OperatorsDesk:  # fmt: skip
    """How operators sign in, without the core; what they do to each other is told to the audit log (``note``).

    known: the providers of the sign-in pages. at: the address of the console. put: has others proposed.
    """
    now, random = SystemClock().now, SystemIds().random
    kept, seal = Kept(settings.data / FOLDER, random), Seal.alone(now=now, random=random)
    federation = Federation(
        lambda: known.providers,
        Http(),
        kept,
        seal,
        redirect=lambda: f"{at()}/callback",
        now=now,
        others=known.others,
    )

    def noted(verb: str, about: str, account: str) -> None:
        note(Read(account, account, verb, about_of(about), now(), person=account))

    passkeys = OperatorPasskeys(file.read, kept, at=at, now=now, random=random)
    return OperatorsDesk(file, passkeys, sessions, federation, at, noted, told, put, not settings.development)
