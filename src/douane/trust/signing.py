"""Who judges signatures over messages at the doors of a process, by files of the identity folder as they are."""

from __future__ import annotations

from collections.abc import Callable

from douane.identity.signers import Signers, Submissions
from douane.platforms.uumds.entry import Known
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.following import Followed
from douane.trust.known import KnownClients


def judging(
    known: KnownClients, identity: DevelopmentIdentity, now: Callable[[], int], renewed: Callable[[], None]
) -> Submissions:
    """The one judge of a process. ``renewed``: told when who vouches for signers has changed."""

    def swap(value: Known) -> None:
        made.clients, made.certificates = value.register, value.certificates

    def renew(signers: Signers) -> None:
        made.signers = signers
        renewed()

    made = Submissions(known.value.register, known.value.certificates, now)
    made.signers = known.add(Followed(identity.signer_files, identity.load_signers, renew, "signers")).read()
    known.follow(swap)
    return made
