"""The central account, for persons of Member States that run no identity provider (type D): by passkey, and only so.

These hold. (1) A passkey is made by whom an administration invited, with a link that holds once and for a day: the
invitation names the person, nobody names himself. (2) A proof is for one sign-in, in the browser that began it.
(3) Keys are public halves in files of their own, named by the hash of their identifier; a proof puts the next counter
in the place of the former one. (4) No password is kept, asked for, or accepted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

import msgspec

from douane.identity.federating.answers import Answers
from douane.identity.federating.providers import AGAIN, SECOND, Provider, Statement, Wish
from douane.identity.kept import Kept, digest
from douane.standards.webauthn.ceremonies import Expected, Passkey, made, proven
from douane.vocabulary.errors import NotAuthenticated

ISSUER: Final = "https://central.invalid"
"""The provider of a central account, as accounts name it: an address that can be nobody's (RFC 2606)."""
INVITED: Final = 24 * 3600 * SECOND
"""How long an invitation holds (microseconds)."""
PASSING: Final = "sessions"
"""The folder in the data folder of what passes: of sign-ins, and of invitations."""
LEVEL: Final = "passkey"
MOST: Final = 8
"""Passkeys of one person."""
_ASKED: Final = "central-asked"
_INVITATIONS: Final = "central-invitations"
_KEYS: Final = "passkeys"


class Invitation(msgspec.Struct, frozen=True):
    """Who may make a passkey. ``country``: whose person; ``subject``: as accounts name him."""

    country: str
    subject: str
    given: int


class Held(msgspec.Struct, frozen=True):
    """A passkey as it is kept. made, used: microseconds since 1970."""

    id: str
    key: str
    counter: int
    country: str
    subject: str
    made: int
    used: int = 0


class Central:
    """The central accounts of a node.

    kept: what passes; keys: what stays, in the identity folder. at: the address of the sign-in pages.
    """

    def __init__(
        self, answers: Answers, kept: Kept, keys: Kept, *, at: Callable[[], str], now: Callable[[], int],
    ) -> None:  # fmt: skip
        self._answers, self._kept, self._keys, self._at, self._now = answers, kept, keys, at, now

    # --- a passkey is made

    def invited(self, once: str) -> Invitation:
        """Whom an invitation names. Raises NotAuthenticated for one that is unknown, used or too old."""
        found = self._kept.read(self._kept.path(_INVITATIONS, once), Invitation)
        if found is None or not 0 <= self._now() - found.given <= INVITED:
            raise NotAuthenticated("This invitation was used, is older than a day, or never was.",
                                   remedy="Ask your administration for another one.")  # fmt: skip
        return found

    def make(self, form: Mapping[str, str]) -> Invitation:
        """Keep the passkey that an invited person made. Raises NotAuthenticated."""
        once = form.get("once", "")
        invitation = self.invited(once)
        found = made(
            self._expected(once), id=octets_of(form, "id"), client=octets_of(form, "client"),
            authenticator=octets_of(form, "authenticator"), key=octets_of(form, "key"),
        )  # fmt: skip
        person = (invitation.country, invitation.subject)
        if sum((each.country, each.subject) == person for each in self._all()) >= MOST:
            raise NotAuthenticated(f"You have {MOST} passkeys already.", remedy="Have one of them taken away first.")
        if self._keys.read(self._path(found.id), Held) is not None:
            raise NotAuthenticated("This passkey is kept already.", remedy="Sign in by it.")
        if self._kept.take(self._kept.path(_INVITATIONS, once), Invitation) is None:
            raise NotAuthenticated("This invitation was used.", remedy="Ask your administration for another one.")
        self._keys.write(
            self._path(found.id), Held(base64_of(found.id), base64_of(found.key), found.counter, *person, self._now())
        )
        return invitation

    # --- a passkey proves

    async def ready(self) -> None:
        """Be ready for a proof. Raises what asking the core raises."""
        await self._answers.seal.ready()

    def begin(self, provider: Provider, wish: Wish, browser: str) -> str:
        """Where the browser is sent: a page of ours."""
        return f"{self._at()}/passkey?flow={quote(self._answers.ask(_ASKED, provider, wish, browser))}"

    def challenge(self, flow: str) -> str:
        """What is to be signed in a sign-in. Raises NotAuthenticated for one that is over."""
        self._answers.asked(_ASKED, flow)
        return base64_of(challenge_of(flow))

    def answer(self, form: Mapping[str, str], browser: str) -> str:
        """The word that a proof earns. Raises NotAuthenticated."""
        name = form.get("flow", "")
        flow, provider = self._answers.asked(_ASKED, name)
        if not flow.begun_in(browser):
            raise NotAuthenticated("This sign-in began in another browser.", remedy=AGAIN)
        path = self._path(octets_of(form, "id"))
        held = self._keys.read(path, Held)
        if held is None or held.country != provider.country:
            raise NotAuthenticated("This passkey is not known here.", remedy="Use one that you made here.")
        now = proven(
            self._expected(name), Passkey(octets_back(held.id), octets_back(held.key), held.counter),
            client=octets_of(form, "client"), authenticator=octets_of(form, "authenticator"),
            signature=octets_of(form, "signature"),
        )  # fmt: skip
        word = self._answers.earn(_ASKED, name, flow, Statement(held.subject, self._now() // SECOND, LEVEL))
        self._keys.replace(path, msgspec.structs.replace(held, counter=now.counter, used=self._now()))
        return word

    def _expected(self, name: str) -> Expected:
        parts = urlsplit(self._at())
        return Expected(challenge_of(name), f"{parts.scheme}://{parts.netloc}", parts.hostname or "")

    def _path(self, id: bytes) -> Path:
        return self._keys.path(_KEYS, base64_of(id))

    def _all(self) -> list[Held]:
        found = (self._keys.read(each, Held) for each in self._keys.files(_KEYS))
        return [each for each in found if each is not None]


def invite(kept: Kept, digest: str, invitation: Invitation) -> None:
    """Let a link hold by which somebody makes a passkey. digest: of the secret in it. Raises StoreUnavailable."""
    path = kept.named(_INVITATIONS, digest)
    if kept.read(path, Invitation) is None:
        kept.write(path, invitation)


def uses(keys: Kept, invitation: Invitation) -> bool:
    """Whether its person made a passkey since an invitation was given."""
    found = (keys.read(path, Held) for path in keys.files(_KEYS))
    person = (invitation.country, invitation.subject)
    return any(each.made >= invitation.given for each in found if each and (each.country, each.subject) == person)


def withdraw(keys: Kept, country: str, subject: str) -> int:
    """Take a person's passkeys away; how many there were."""
    found = [(path, keys.read(path, Held)) for path in keys.files(_KEYS)]
    mine = [path for path, held in found if held is not None and (held.country, held.subject) == (country, subject)]
    for path in mine:
        path.unlink(missing_ok=True)
    return len(mine)


def challenge_of(name: str) -> bytes:
    """What is signed for a sign-in or an invitation: of a name that nobody guesses, and that holds once."""
    return hashlib.sha256(f"passkey:{name}".encode()).digest()


def user_of(invitation: Invitation) -> str:
    """The name under which an authenticator keeps a person: of no meaning to whoever finds it."""
    return base64_of(bytes.fromhex(digest(f"{invitation.country}:{invitation.subject}")))


def octets_of(form: Mapping[str, str], name: str) -> bytes:
    """What a script of a page wrote into a form. Raises NotAuthenticated where nothing came."""
    try:
        found = octets_back(form.get(name, ""))
    except (ValueError, binascii.Error):
        found = b""
    if not found:
        raise NotAuthenticated("No passkey came with this form: it is used by a script of the page.",
                               remedy="Let your browser run the page's script, and try again.")  # fmt: skip
    return found


def octets_back(text: str) -> bytes:
    """Octets as scripts of a page wrote them."""
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)


def base64_of(octets: bytes) -> str:
    """Octets as scripts of a page read and write them."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
