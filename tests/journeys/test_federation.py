"""What UUM&DS does with a provider that is down, late, wrong or false, and with answers that are not what they seem."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from douane.channels.browser.visits import Visit
from douane.identity.federating.answers import Answers
from douane.identity.federating.central import Central
from douane.identity.federating.federation import Federation, Others
from douane.identity.federating.providers import OPEN, SKEW, MemberStateType, Provider, Statement, Wish
from douane.identity.federating.saml import Own, Saml
from douane.identity.federating.tests.test_sealing import sealing
from douane.identity.kept import Kept, digest
from douane.identity.sessions import Person, Session, Standing, person_of
from douane.model.circles import ActorKind, Platform
from douane.pages.languages import Words
from douane.portal.signing_in import FLOW, SigningIn, signing_in_site
from douane.runtime.door.outgoing import Answered, Asked
from douane.simulator.provider import CODE_SECONDS, NationalProvider, Refused, Relying, Resident
from douane.testing.office import Office
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.errors import DeclarationFault, DouaneError, NotAuthenticated, PartnerRefused, PartnerUnreachable
from tests.contracts.test_registered_sessions import sessions_in

ISSUER, HERE, SECRET = "https://id.example.fr", "https://uumds.example/callback", "x%y:z"
NOW, SECOND = 1_795_000_000_000_000, 1_000_000
ANNE = Resident("anne", "Anne", "")
WISH = Wish("economic operator", "FR")
Change = Callable[[dict[str, Any]], None]


@dataclass
class Line:
    """The way from UUM&DS to the provider; what goes wrong on it, and with it."""

    provider: NationalProvider
    down: bool = False
    instead: dict[str, Answered] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    change: Change = lambda _claims: None
    key: Any = None
    header: dict[str, str] = field(default_factory=dict)

    async def ask(self, asked: Asked) -> Answered:
        """What the provider answers."""
        path = urlsplit(asked.url).path
        self.asked.append(path)
        if self.down:
            raise PartnerUnreachable("down")
        if path in self.instead:
            return self.instead[path]
        match path:
            case "/.well-known/openid-configuration":
                return Answered(200, msgspec.json.encode(self.provider.metadata))
            case "/jwks":
                return Answered(200, msgspec.json.encode(self.provider.keys))
        try:
            form = dict(parse_qsl(asked.body.decode()))
            answer = self.provider.redeem(asked.headers["authorization"], form)
        except Refused as refusal:
            return Answered(refusal.status, msgspec.json.encode({"error": refusal.error}))
        answer["id_token"] = self._changed(answer["id_token"])
        return Answered(200, msgspec.json.encode(answer))

    def _changed(self, token: str) -> str:
        """The statement with other claims, or another key."""
        key = self.provider._keys[0]
        claims = jwt.decode(token, key, algorithms=["ES256"]).claims
        self.change(claims)
        header = {"alg": "ES256", "kid": str(key.kid), **self.header}
        return jwt.encode(header, claims, self.key or key, algorithms=[header["alg"]])


def _none() -> Own:
    raise AssertionError("nobody here speaks SAML")


class Ground:
    """A relying party, a provider, a clock each, and one browser."""

    def __init__(self, folder: Path) -> None:
        self.now, self.there, self.count = NOW, NOW, 0
        relying = Relying("uumds", SECRET, lambda: HERE)
        self.provider = NationalProvider(
            {"anne": ANNE}, relying, issuer=lambda: ISSUER, now=lambda: self.there, random=self.random
        )
        self.line = Line(self.provider)
        self.known = {"FR": Provider("FR", "France", ISSUER, "uumds", SECRET)}
        kept = Kept(folder, self.random)
        self.folder, seal = folder, sealing(lambda: self.now, self.random)
        answers = Answers(lambda: self.known, seal, lambda: self.now)
        saml = Saml(
            lambda: self.known, answers, at=lambda: HERE, own=_none, name=kept.secret, now=lambda: self.now, held=True,
        )  # fmt: skip
        central = Central(answers, kept, kept, at=lambda: HERE, now=lambda: self.now)
        self.federation = Federation(
            lambda: self.known, self.line, kept, seal, redirect=lambda: HERE, now=lambda: self.now,
            others=Others(answers, saml, central),
        )  # fmt: skip

    def random(self, size: int) -> bytes:
        """Octets that never come twice."""
        self.count += 1
        return hashlib.shake_128(b"%d" % self.count).digest(size)

    def begin(self, browser: str = "b") -> dict[str, str]:
        """What the browser is sent to the provider with."""
        to = asyncio.run(self.federation.begin(self.known["FR"], WISH, browser))
        return dict(parse_qsl(urlsplit(to).query))

    def answer(self, asked: dict[str, str], subject: str = "anne") -> dict[str, str]:
        """What the browser comes back with."""
        return dict(parse_qsl(urlsplit(self.provider.answer(self.provider.request(asked), subject)).query))

    def finish(self, answer: dict[str, str], browser: str = "b") -> Statement:
        """What is made of it."""
        return asyncio.run(self.federation.finish(answer, browser))[2]

    def sign_in(self) -> Statement:
        """The whole way."""
        return self.finish(self.answer(self.begin()))

    def clocks(self, seconds: int) -> None:
        """Time passes, here and there."""
        self.now += seconds * SECOND
        self.there += seconds * SECOND


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def test_a_person_is_stated_by_his_provider(ground: Ground) -> None:
    found = ground.sign_in()
    assert (found.subject, found.auth_time) == ("anne", NOW // SECOND)


@pytest.mark.parametrize(
    ("kind", "said", "roles"),
    [
        ("B", ["customs:declarant", "customs:boss"], ("declarant",)), ("C", "customs:declarant", ("declarant",)),
        ("B", ["customs:boss", "holder of the transit procedure"], ()), ("B", None, ()),
        ("B", {"a": 1}, ()), ("B", 7, ()),
        ("B", ["customs:declarant"] * 3, ("declarant",)), ("A", ["customs:declarant"], None),
    ],
)  # fmt: skip
def test_a_provider_states_roles_by_the_table_of_its_administration_alone(
    ground: Ground, kind: str, said: object, roles: tuple[str, ...] | None
) -> None:
    ground.known["FR"] = replace(
        ground.known["FR"], type=MemberStateType(kind), role_claim="customs_roles",
        roles=(("customs:declarant", "declarant"), ("customs:holder", "holder of the transit procedure")),
    )  # fmt: skip
    ground.line.change = lambda claims: claims.update(customs_roles=said)
    assert ground.sign_in().roles == roles


def test_what_is_stated_narrows_what_the_register_gives_and_never_widens_it() -> None:
    register = frozenset({"declarant", "person represented"})
    assert Person("fr.anne", "EU").within(register) == register
    assert Person("fr.anne", "EU", stated=("declarant", "customs officer")).within(register) == {"declarant"}
    assert Person("fr.anne", "EU", stated=()).within(register) == frozenset()
    session = Session("fr.anne", Platform.SPEED2.value, "t", 0, Person("fr.anne", "EU", stated=("customs officer",)))
    standing = Standing(name="Anne", kind=ActorKind.TRADER, country="FR", eori="FR1", roles=register)
    assert person_of(session, standing).roles == frozenset()


@pytest.mark.parametrize(
    "entry",
    [
        'type = "A"\nrole_claim = "r"\nroles = {a = "declarant"}', 'type = "B"\nrole_claim = "r"',
        'type = "B"\nroles = {a = "declarant"}',
    ],
)  # fmt: skip
def test_an_entry_that_cannot_state_roles_is_refused(tmp_path: Path, entry: str) -> None:
    file = tmp_path / PROVIDERS
    text = f'[[provider]]\ncountry = "FR"\ntitle = "x"\nissuer = "{ISSUER}"\nclient_id = "u"\nsecret = "s"\n'
    file.write_text(text + entry)
    with pytest.raises(DeclarationFault):
        read_providers(file)
    file.write_text(text + 'type = "B"\nrole_claim = "r"\nroles = {"customs:declarant" = "declarant"}')
    assert read_providers(file)["FR"].roles == (("customs:declarant", "declarant"),)
    spoken = text.replace('client_id = "u"\nsecret = "s"', 'protocol = "saml"\nmetadata = "fr.xml"')
    file.write_text(spoken + 'type = "C"\nrole_claim = "urn:roles"\nroles = {"customs:declarant" = "declarant"}')
    assert read_providers(file)["FR"].roles == (("customs:declarant", "declarant"),)
    file.write_text(spoken + 'type = "A"\nrole_claim = "urn:roles"\nroles = {"customs:declarant" = "declarant"}')
    with pytest.raises(DeclarationFault):
        read_providers(file)


def test_an_answer_holds_once(ground: Ground) -> None:
    answer = ground.answer(ground.begin())
    ground.finish(answer)
    with pytest.raises(NotAuthenticated, match="is over"):
        ground.finish(answer)


def test_a_provider_that_does_not_ask_anew_is_not_believed_where_it_had_to(ground: Ground) -> None:
    fresh = Wish("economic operator", "FR", fresh=True)
    for age, holds in ((0, True), (SKEW - 1, True), (SKEW + 60, False)):
        asked = dict(parse_qsl(urlsplit(asyncio.run(ground.federation.begin(ground.known["FR"], fresh, "b"))).query))
        assert (asked["prompt"], asked["max_age"]) == ("login", "0")
        ground.line.change = _set(auth_time=ground.now // SECOND - age)
        answer = ground.answer(asked)
        if holds:
            assert ground.finish(answer).subject == "anne"
        else:
            with pytest.raises(NotAuthenticated, match="did not ask you again"):
                ground.finish(answer)


def test_a_code_holds_once_though_two_sign_ins_bring_it(ground: Ground) -> None:
    used = ground.answer(ground.begin())
    ground.finish(used)
    with pytest.raises(NotAuthenticated, match="does not confirm"):
        ground.finish({**ground.answer(ground.begin()), "code": used["code"]})


def test_a_stolen_code_fits_no_other_sign_in(ground: Ground) -> None:
    """Eve puts Anne's code into her own sign-in: the verifier is not hers."""
    stolen = ground.answer(ground.begin("anne"))
    own = ground.answer(ground.begin("eve"))
    with pytest.raises(NotAuthenticated, match="does not confirm"):
        ground.finish({**own, "code": stolen["code"]}, "eve")


@pytest.mark.parametrize("browser", ["", "other"])
def test_a_stolen_state_is_worth_nothing_in_another_browser(ground: Ground, browser: str) -> None:
    answer = ground.answer(ground.begin())
    with pytest.raises(NotAuthenticated, match="another browser"):
        ground.finish(answer, browser)
    with pytest.raises(NotAuthenticated, match="is over"):
        ground.finish(answer)


@pytest.mark.parametrize("state", ["", "x", "../../entrances/x", "a" * 3000])
def test_a_state_that_nobody_gave_is_none(ground: Ground, state: str) -> None:
    with pytest.raises(NotAuthenticated, match="never began"):
        ground.finish({"code": "x", "state": state})


def test_what_nobody_finishes_is_kept_nowhere(ground: Ground) -> None:
    for _ in range(100):
        ground.begin()
    assert [each for each in ground.folder.rglob("*") if each.is_file()] == []


def test_who_takes_longer_than_ten_minutes_begins_anew(ground: Ground) -> None:
    answer = ground.answer(ground.begin())
    ground.now += OPEN + 1
    with pytest.raises(NotAuthenticated, match="is over"):
        ground.finish(answer)


def test_a_code_that_waited_is_not_confirmed(ground: Ground) -> None:
    answer = ground.answer(ground.begin())
    ground.clocks(CODE_SECONDS + 1)
    with pytest.raises(NotAuthenticated, match="does not confirm"):
        ground.finish(answer)


def test_an_answer_of_another_issuer_is_refused(ground: Ground) -> None:
    with pytest.raises(NotAuthenticated, match="another provider"):
        ground.finish({**ground.answer(ground.begin()), "iss": "https://id.example.de"})


def test_a_provider_that_was_taken_out_meanwhile_lets_nobody_in(ground: Ground) -> None:
    answer = ground.answer(ground.begin())
    ground.known.clear()
    with pytest.raises(NotAuthenticated, match="another provider"):
        ground.finish(answer)


def test_a_refusal_of_the_provider_is_told_without_its_own_words(ground: Ground) -> None:
    answer = ground.answer(ground.begin(), "nobody")
    with pytest.raises(NotAuthenticated, match="signed nobody in: access_denied"):
        ground.finish({**answer, "error_description": "<script>"})


def _set(**claims: object) -> Change:
    return lambda found: found.update(claims)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_set(iss="https://id.example.de"), "another issuer"), (_set(aud="other"), "somebody else"),
        (_set(aud=["uumds", "other"]), "made for somebody else"), (_set(azp="other"), "made for somebody else"),
        (_set(nonce="other"), "another sign-in"), (lambda claims: claims.pop("nonce"), "another sign-in"),
        (_set(sub=""), "names nobody"), (_set(sub="x" * 256), "names nobody"),
        (_set(exp=NOW // SECOND - SKEW), "has expired"), (_set(iat=NOW // SECOND + SKEW + 1), "clock is wrong"),
        (_set(iat=NOW // SECOND - 10_000), "too old"), (lambda claims: claims.pop("sub"), "does not hold"),
        (_set(exp="tomorrow"), "does not hold"),
    ],
)  # fmt: skip
def test_a_statement_that_is_not_for_this_sign_in_is_refused(ground: Ground, change: Change, why: str) -> None:
    ground.line.change = change
    with pytest.raises(NotAuthenticated, match=why):
        ground.sign_in()


@pytest.mark.parametrize("seconds", [SKEW - 5, 5 - SKEW])
def test_clocks_may_differ_by_a_minute(ground: Ground, seconds: int) -> None:
    ground.there += seconds * SECOND
    assert ground.sign_in().subject == "anne"


@pytest.mark.parametrize("seconds", [SKEW + 5, -SKEW - 605])
def test_clocks_that_differ_more_are_named(ground: Ground, seconds: int) -> None:
    ground.there += seconds * SECOND
    with pytest.raises(NotAuthenticated, match="clock is wrong"):
        ground.sign_in()


def test_a_statement_by_a_key_that_is_not_published_is_refused(ground: Ground) -> None:
    ground.line.key = ECKey.generate_key("P-256", {"kid": "other"})
    with pytest.raises(NotAuthenticated, match="does not hold"):
        ground.sign_in()


def test_a_public_key_is_no_shared_secret(ground: Ground) -> None:
    """The header asks for HMAC by the public key: the algorithm is ours to choose."""
    public = ground.provider._keys[0].as_pem(private=False)
    ground.line.key = OctKey.import_key(base64.b64encode(public).decode())
    ground.line.header = {"alg": "HS256"}
    with pytest.raises(NotAuthenticated, match="does not hold"):
        ground.sign_in()


def test_a_statement_without_a_signature_is_refused(ground: Ground) -> None:
    asked = ground.begin()
    answer = ground.answer(asked)
    claims = {"iss": ISSUER, "sub": "anne", "aud": "uumds", "nonce": asked["nonce"], "iat": NOW // SECOND,
              "exp": NOW // SECOND + 300}  # fmt: skip
    parts = [{"alg": "none", "kid": str(ground.provider._keys[0].kid)}, claims]
    token = ".".join(base64.urlsafe_b64encode(msgspec.json.encode(each)).decode().rstrip("=") for each in parts) + "."
    ground.line.instead["/token"] = Answered(200, msgspec.json.encode({"id_token": token}))
    with pytest.raises(NotAuthenticated, match="does not hold"):
        ground.finish(answer)


def test_keys_that_are_rolled_are_read_anew_once_and_not_for_everybody_who_asks(ground: Ground) -> None:
    ground.sign_in()
    ground.clocks(60)
    ground.provider.roll()
    assert ground.sign_in().subject == "anne"
    asked = ground.line.asked.count("/jwks")
    ground.line.key = ECKey.generate_key("P-256", {"kid": "made-up"})
    ground.line.header = {"kid": "made-up"}
    for _ in range(5):
        with pytest.raises(NotAuthenticated):
            ground.sign_in()
    assert ground.line.asked.count("/jwks") == asked == 2


def test_a_provider_that_is_down_lets_nobody_in_and_everybody_in_again_when_it_is_up(ground: Ground) -> None:
    ground.line.down = True
    with pytest.raises(PartnerUnreachable):
        ground.begin()
    ground.line.down = False
    answer = ground.answer(ground.begin())
    ground.line.down = True
    with pytest.raises(PartnerUnreachable):
        ground.finish(answer)
    ground.line.down = False
    assert ground.sign_in().subject == "anne"


@pytest.mark.parametrize(
    ("path", "answered"),
    [
        ("/.well-known/openid-configuration", Answered(500, b"")),
        ("/.well-known/openid-configuration", Answered(200, b"<html>")),
        ("/.well-known/openid-configuration", Answered(200, b'{"issuer": "x", "authorization_endpoint": "https://x",'
                                                            b'"token_endpoint": "https://x", "jwks_uri": "https://x"}')),
        ("/jwks", Answered(404, b"")), ("/jwks", Answered(200, b"{}")), ("/jwks", Answered(200, b'{"keys": [{}]}')),
        ("/token", Answered(500, b"")), ("/token", Answered(200, b"{}")), ("/token", Answered(200, b"\xff")),
    ],
)  # fmt: skip
def test_a_provider_that_answers_nonsense_lets_nobody_in(ground: Ground, path: str, answered: Answered) -> None:
    ground.line.instead[path] = answered
    with pytest.raises(PartnerRefused):
        ground.sign_in()


def test_of_several_providers_none_is_believed_that_does_not_say_who_answers(ground: Ground) -> None:
    """A false provider leads the browser on to an honest one, whose answer would be brought to the false one."""
    answer = ground.answer(ground.begin())
    del answer["iss"]
    ground.known["DE"] = Provider("DE", "Germany", "https://id.example.de", "uumds", SECRET)
    with pytest.raises(NotAuthenticated, match="another provider"):
        ground.finish(answer)
    assert "/token" not in ground.line.asked, "its code was brought to nobody"
    ground.known["DE"] = Provider("DE", "Germany", ISSUER, "uumds", SECRET)
    nameless = ground.answer(ground.begin())
    del nameless["iss"]
    assert ground.finish(nameless).subject == "anne", "there is no other that it could be"


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "at", ["http://id.example.fr/x", "http://notlocalhost/x", "http://x127.0.0.1/x", "ftp://localhost"]
)
def test_nothing_of_a_provider_is_reached_without_tls(ground: Ground, name: str, at: str) -> None:
    metadata = {**ground.provider.metadata, name: at}
    ground.line.instead["/.well-known/openid-configuration"] = Answered(200, msgspec.json.encode(metadata))
    with pytest.raises(PartnerRefused, match="without TLS"):
        ground.begin()


def test_the_demonstrations_provider_answers_only_its_client_at_its_address(ground: Ground) -> None:
    asked = ground.begin()
    for wrong in (
        {"client_id": "other"}, {"redirect_uri": "https://evil.example/"}, {"response_type": "token"},
        {"code_challenge_method": "plain"}, {"scope": "profile"}, {"nonce": ""}, {"code_challenge": ""},
    ):  # fmt: skip
        with pytest.raises(Refused):
            ground.provider.request({**asked, **wrong})
    code = ground.answer(asked)["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": HERE, "code_verifier": "x"}
    for header in ("", "Basic eA==", "Bearer x", f"Basic {base64.b64encode(b'uumds:wrong').decode()}"):
        with pytest.raises(Refused, match="invalid_client"):
            ground.provider.redeem(header, form)


class Register:
    """A register of accounts that knows Anne."""

    async def identify(self, _keeper: str, _provider: Provider, subject: str) -> str:
        """Her account."""
        return f"fr.{subject}"

    async def standing(self, _person: Person) -> Standing:
        """What she may do."""
        return Standing(name="Anne", kind=ActorKind.TRADER, country="FR", eori="FR1")


@pytest.mark.parametrize(
    ("said", "age"),
    [({}, 0), ({"auth_time": NOW // SECOND - 40_000}, 40_000), ({"auth_time": 0}, NOW // SECOND),
     ({"auth_time": NOW // SECOND + 10**6}, 0), ({"auth_time": 10**60}, 0), ({"auth_time": -(10**60)}, NOW // SECOND)],
    ids=str,
)  # fmt: skip
def test_a_proof_is_as_old_as_its_provider_says_and_nothing_makes_it_younger(
    ground: Ground, tmp_path: Path, said: dict[str, int], age: int
) -> None:
    """Sensitive acts want a fresh proof: one without an age, or of the future, would be fresh for ever."""
    office = Office("EU", start=dt.datetime.fromtimestamp(ground.now / SECOND, dt.UTC))
    sessions = sessions_in(office, random=ground.random)
    pages = SigningIn(
        ground.federation, sessions, Register(), lambda site: f"https://{site}.example",
        lambda: {"portal": Platform.SPEED2}, lambda: "of this browser", lambda: ground.now,
    )  # fmt: skip
    site, show = signing_in_site(pages, ()), {view.route.path: view.show for view in pages.views()}

    def visit(path: str, query: dict[str, str]) -> Any:
        made = Visit(site, Words("en"), None, "", path, query=query, cookies={FLOW: "of this browser"})

        async def shown() -> Any:
            return await show[path](made)

        return asyncio.run(shown())

    asked = visit("/begin", {"country": "FR", "actor": "economic operator"})
    ground.line.change = _set(**said)
    let_in = visit("/callback", ground.answer(dict(parse_qsl(urlsplit(asked.to).query))))
    once = dict(parse_qsl(urlsplit(let_in.to).query))["once"]
    (own,) = asyncio.run(sessions.places(Person("fr.anne", "EU")))
    signed_in = Person("fr.anne", "EU", device=own.device)
    bound = asyncio.run(sessions.bind(once, signed_in, digest("x")))
    person = asyncio.run(sessions.enter(Platform.SPEED2, bound, "x")).session.person
    assert person is not None
    assert ground.now - person.proven == age * SECOND


def test_every_refusal_is_one_of_our_tree_with_what_to_do(ground: Ground) -> None:
    ground.line.down = True
    for act in (ground.begin, lambda: ground.finish({})):
        with pytest.raises(DouaneError):
            act()
