"""A person signs in at the provider of his country, and is let in as what his administration states; on real doors."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest

from douane.assembly.pages.entering import sign_in_at
from douane.configuration.settings import PagesAt
from douane.identity.registered.sessions import _sealed
from douane.identity.sessions import Person, Place
from douane.model.circles import ActorKind, Platform
from douane.trust.demo import REPRESENTED, DemoClient
from douane.trust.persons import NATIONAL
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.visitor import Seen, Visitor

JSON = {"content-type": "application/json"}
CHIEF = "representative.chief"
LESQUIN, BELGIAN = "FR40123456700017", "BE0123456789"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("sign-in")
    chief = DemoClient(CHIEF, ActorKind.TRADER, "BE", BELGIAN, roles=frozenset({REPRESENTED}))
    with standing(folder, identity_in(folder, (chief,)), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


class Someone(Visitor):
    """A visitor of the pages of a node."""

    def __init__(self, node: Standing) -> None:
        assert node.node.pages is not None
        self.pages = node.node.pages
        super().__init__(self.pages.port)

    def url(self, site: str, path: str = "/") -> str:
        """An address of a site."""
        return self.pages.url(site) + path

    def choose(self, country: str, actor: str, *, until: str = "", **more: str) -> Seen:
        """As whom he comes, said in the form of UUM&DS; the page of the provider."""
        first = self.get(self.url("signin", "/?anew=yes"))
        said = {"domain": "customs", "country": country, "actor": actor, "identifier": "", "acting_for": "", **more}
        return self.send(first, "/begin", until=until, **said)

    def sign_in(self, who: str, country: str, actor: str, *, until: str = "", **more: str) -> Seen:
        """The whole way in."""
        return self.send(self.choose(country, actor, **more), "/authorize", until=until, **{"as": who})


def test_a_declarant_signs_in_by_the_provider_of_his_country_and_reaches_his_cases(node: Standing) -> None:
    anne = Someone(node)
    refused = anne.get(anne.url("portal", "/cases"))
    assert refused.status == 401
    link = next(part for part in refused.body.split('"') if part.startswith(anne.url("signin"))).replace("&amp;", "&")
    form = anne.get(link)
    provider = anne.send(form, "/begin", domain="customs", country="FR", actor="economic operator",
                         identifier=LESQUIN, acting_for="")  # fmt: skip
    assert provider.url.startswith(anne.url("idp"))
    asked = dict(parse_qsl(urlsplit(provider.url).query))
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    cases = anne.send(provider, "/authorize", **{"as": "fr.anne.martin"})
    assert (cases.status, cases.url) == (200, anne.url("portal", "/cases")), "where he wanted to go"
    assert "Declarant at Lesquin" in cases.text
    assert LESQUIN in cases.text
    assert {host for host, kept in anne.jar.items() if kept} == {"portal.localhost", "signin.localhost"}
    assert not any("douane-sign-in" in kept for kept in anne.jar.values())


@pytest.mark.parametrize(
    ("who", "country", "actor", "site"),
    [
        ("fr.luc.bernard", "FR", "customs officer", "desk"), ("de.jonas.weber", "DE", "customs officer", "desk"),
        ("at.eva.gruber", "AT", "economic operator", "portal"), ("eu.maria.rossi", "EU", "Commission staff", "desk"),
    ],
)  # fmt: skip
def test_each_is_led_to_the_pages_of_his_circle(node: Standing, who: str, country: str, actor: str, site: str) -> None:
    someone = Someone(node)
    seen = someone.sign_in(who, country, actor)
    assert any(each.startswith(someone.url(site, "/enter?once=")) for each in someone.trail)
    assert seen.url.startswith(someone.url(site)), seen.text


@pytest.mark.parametrize(
    ("who", "country", "actor", "more", "why"),
    [
        ("fr.anne.martin", "FR", "customs officer", {}, "no account here is yours"),
        ("fr.luc.bernard", "FR", "economic operator", {}, "no account here is yours"),
        ("fr.anne.martin", "DE", "economic operator", {}, "no account here is yours"),
        ("fr.anne.martin", "FR", "economic operator", {"identifier": BELGIAN}, f"not registered for {BELGIAN}"),
        ("fr.nadia.petit", "FR", "economic operator", {}, "no EORI number of its own"),
        ("fr.nadia.petit", "FR", "employee", {"identifier": LESQUIN}, f"No delegation of {LESQUIN}"),
        ("be.sofie.peeters", "BE", "customs representative", {"acting_for": LESQUIN}, f"No delegation of {LESQUIN}"),
        ("fr.anne.martin", "FR", "economic operator", {"site": "desk"}, "do not enter by CCN2"),
        ("fr.anne.martin", "FR", "economic operator", {"site": "nowhere"}, "no such place"),
        ("", "FR", "economic operator", {}, "signed nobody in: access_denied"),
    ],
    ids=str,
)  # fmt: skip
def test_whoever_is_not_what_he_says_is_told_why_and_gets_no_session(
    node: Standing, who: str, country: str, actor: str, more: dict[str, str], why: str
) -> None:
    someone = Someone(node)
    seen = someone.sign_in(who, country, actor, **more)
    assert seen.status in (401, 403, 404)
    assert why in seen.text
    assert not any(each.startswith(someone.url("portal", "/enter")) for each in someone.trail)
    assert someone.get(someone.url("portal", "/cases")).status == 401


def test_what_is_filled_in_wrongly_is_told_at_the_field_before_anybody_is_sent_anywhere(node: Standing) -> None:
    someone = Someone(node)
    for more, why in (
        ({"country": "XX"}, "Choose your country."), ({"actor": "king"}, "Choose as what you come."),
        ({"identifier": "fr1"}, "This is no EORI number"), ({"actor": "employee"}, "names the firm"),
        ({"actor": "customs representative"}, "for whom he acts"),
    ):  # fmt: skip
        seen = someone.choose(**{"country": "FR", "actor": "economic operator", **more})
        assert seen.url.startswith(someone.url("signin", "/begin"))
        assert why in seen.text
        assert "douane-sign-in" not in str(someone.jar)


def test_an_answer_is_worth_nothing_a_second_time_and_in_another_browser(node: Standing) -> None:
    anne, eve = Someone(node), Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator", until="/callback")
    answer = anne.trail[-1]
    assert eve.get(answer).status == 401, "who stole the address did not begin it"
    assert anne.get(answer).status == 401, "and with that it is used up"
    anne.sign_in("fr.anne.martin", "FR", "economic operator", until="/callback")
    flow = dict(anne.jar["signin.localhost"])
    assert anne.get(anne.trail[-1]).status == 200
    callback = next(each for each in reversed(anne.trail) if "/callback" in each)
    anne.jar["signin.localhost"] |= flow
    assert anne.get(callback).status == 401
    assert "is over, was used, or never began" in anne.get(callback).text


def test_a_state_of_one_browser_does_not_finish_the_sign_in_of_another(node: Standing) -> None:
    """Eve has herself signed in, and makes Anne's browser finish it: Anne would type into Eve's account."""
    anne, eve = Someone(node), Someone(node)
    anne.choose("FR", "economic operator")
    eve.sign_in("at.eva.gruber", "AT", "economic operator", until="/callback")
    seen = anne.get(eve.trail[-1])
    assert seen.status == 401
    assert "began in another browser" in seen.text


def test_an_entrance_of_one_browser_lets_no_other_in(node: Standing) -> None:
    """Eve keeps the way in that she was given, and has Anne's browser follow it, at each of its stations."""
    for station in ("given", "asked for", "vouched for"):
        for signed_in in (False, True):
            eve, anne = Someone(node), Someone(node)
            own = anne.sign_in("fr.anne.martin", "FR", "economic operator") if signed_in else None
            until = "/enter" if station == "given" else "/vouch"
            eve.sign_in("at.eva.gruber", "AT", "economic operator", until=until)
            to = eve.trail[-1]
            seen = anne.get(to if station != "vouched for" else eve.ask("GET", to).headers["location"])
            assert seen.status == 401, (station, seen.text)
            assert "ATEOS1000012345" not in seen.text
            if own is not None:
                assert LESQUIN in anne.get(own.url).text, "she goes on as herself"


def test_signing_out_ends_what_came_from_the_same_sign_in_and_nothing_else(node: Standing) -> None:
    here, there = Someone(node), Someone(node)
    page = here.sign_in("fr.luc.bernard", "FR", "customs officer")
    other = there.sign_in("fr.luc.bernard", "FR", "customs officer")
    here.send(page, "/leave")
    assert here.get(page.url).status == 401
    assert "You are signed in" not in here.get(here.url("signin")).text
    assert there.get(other.url).status == 200


def test_a_person_sees_where_he_is_signed_in_and_ends_it_everywhere(node: Standing) -> None:
    here, there = Someone(node), Someone(node)
    there.agent = "Telephone/2"
    there.sign_in("at.paul.huber", "AT", "customs officer")
    here.sign_in("at.paul.huber", "AT", "customs officer")
    seen = here.get(here.url("signin", "/activity"))
    assert "Telephone/2" in seen.text
    assert here.send(seen, "/activity", end="all").status == 200
    for each in (here, there):
        assert each.get(each.url("desk", "/cases")).status == 401
        assert each.get(each.url("signin", "/activity")).status == 401


def places(node: Standing, account: str, keeper: str = "EU") -> list[Place]:
    """Where somebody is signed in, as the register of accounts has it."""
    return node.run(node.sessions.places(Person(account, keeper)))


@pytest.mark.parametrize("end", ["all", "elsewhere", "session"])
def test_a_way_in_that_was_given_before_a_sign_out_lets_nobody_in_after_it(node: Standing, end: str) -> None:
    """At a machine that was left, the last step of a sign-in waits for whoever comes next."""
    here, there = Someone(node), Someone(node)
    there.sign_in("at.paul.huber", "AT", "customs officer", until="/vouch")
    to = there.ask("GET", there.trail[-1]).headers["location"]
    assert "/enter?once=" in to
    here.sign_in("at.paul.huber", "AT", "customs officer")
    if end == "session":
        latest, *before = (each for each in places(node, "at.paul.huber", "AT") if each.open)
        end = next(each.name for each in before if each.device != latest.device)
    assert here.send(here.get(here.url("signin", "/activity")), "/activity", end=end).status == 200
    assert there.get(to).status == 401
    assert there.get(there.url("desk", "/cases")).status == 401


def test_a_person_ends_what_others_opened_and_stays_where_he_is(node: Standing) -> None:
    here, there = Someone(node), Someone(node)
    there.agent = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/150.0"
    for each in (there, here):
        each.sign_in("at.paul.huber", "AT", "customs officer")
    seen = here.get(here.url("signin", "/activity"))
    assert "Firefox on Linux" in seen.text
    assert "Gecko" not in seen.text
    assert here.send(seen, "/activity", end="elsewhere").status == 200
    assert there.get(there.url("desk", "/cases")).status == 401
    assert here.get(here.url("desk", "/cases")).status == 200
    alone = here.get(here.url("signin", "/activity")).text
    assert "Sign out everywhere else" not in alone, "nothing else is open"


def test_one_session_alone_is_ended_and_nobody_elses(node: Standing) -> None:
    anne, luc = Someone(node), Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    luc.sign_in("fr.luc.bernard", "FR", "customs officer")
    own = places(node, "fr.anne.martin")
    form = luc.get(luc.url("signin", "/activity"))
    assert luc.send(form, "/activity", end=own[0].name).status == 200
    assert anne.get(anne.url("portal", "/cases")).status == 200, "another's session has no name here"
    mine = next(each for each in places(node, "fr.anne.martin") if each.platform == "speed2" and each.open)
    anne.send(anne.get(anne.url("signin", "/activity")), "/activity", end=mine.name)
    assert len([e for e in places(node, "fr.anne.martin") if e.name == mine.name and e.open]) == 0


def said(node: Standing, client: str, operation: str, **content: object) -> None:
    """A client of SPEED2 sends a message, and it is handled."""
    platform = "speed2" if client.startswith(("trader", "representative")) else "ccn2"
    answer = node.client(platform, client).ask("POST", operation, json.dumps(content).encode(), JSON)
    assert answer.status == 202, answer.body
    for _ in range(100):
        found = node.client(platform, client).ask("GET", f"/v1/messages/{answer.json['receipt']}")
        if found.json["state"] == "handled":
            return
        time.sleep(0.05)
    raise AssertionError("it is not handled")


def test_a_delegate_acts_while_his_delegation_holds_and_not_a_request_longer(node: Standing) -> None:
    sofie = Someone(node)
    between = {"principal": LESQUIN, "delegate": BELGIAN}
    said(node, "trader.fr.lesquin", "/accounts/v1/delegate", **between, scope="full", valid_from="2026-01-01")
    seen = sofie.sign_in("be.sofie.peeters", "BE", "customs representative", acting_for=LESQUIN)
    assert seen.status == 403, "nobody accepted it yet"
    giving = node.client("speed2", "representative.be")
    refused = giving.ask("POST", "/accounts/v1/accept", json.dumps(between).encode(), JSON)
    assert refused.status == 403, "his account has no role for it"
    said(node, CHIEF, "/accounts/v1/accept", **between)
    seen = sofie.sign_in("be.sofie.peeters", "BE", "customs representative", acting_for=LESQUIN)
    assert (seen.status, seen.url) == (200, sofie.url("portal", "/overview")), seen.text
    assert LESQUIN in seen.text
    said(node, "trader.fr.lesquin", "/accounts/v1/end", **between)
    after = sofie.get(seen.url)
    assert after.status == 403
    assert f"No delegation of {LESQUIN}" in after.text
    assert "gives a delegation" in after.text, "and who could grant it"
    gone = sofie.send(after, "/leave")
    assert "You are signed in" not in gone.text
    assert sofie.get(seen.url).status == 401, "whoever may do nothing any more can still sign out"
    assert "You are signed in" not in sofie.get(sofie.url("signin")).text, "everywhere"


def test_a_delegation_is_given_accepted_used_seen_and_ended_on_pages(node: Standing) -> None:
    anne, sofie = Someone(node), Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    page = anne.get(anne.url("portal", "/delegations"))
    form = {
        "scope": "full",
        "cases": "",
        "operations": "",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "onward": "false",
    }
    wrong = anne.send(page, "/delegations/delegate", delegate="nobody at all", **form)
    assert wrong.status == 422
    assert 'id="e-delegate"' in wrong.body, "the fault stands at its field"
    unclear = anne.send(page, "/delegations/delegate", delegate=BELGIAN, **{**form, "scope": "cases"})
    assert (unclear.status, "Name each case" in unclear.text) == (422, True)
    given = anne.send(page, "/delegations/delegate", delegate=BELGIAN, **form)
    assert given.status == 200
    assert "waits for acceptance" in given.text
    sofie.sign_in("be.sofie.peeters", "BE", "economic operator")
    one = sofie.get(sofie.url("portal", f"/delegations/{LESQUIN}/{BELGIAN}"))
    accepted = sofie.send(one, f"/delegations/{LESQUIN}/{BELGIAN}/accept")
    assert "holds" in accepted.text, accepted.text
    onward = sofie.get(sofie.url("signin"))
    acting = next(each for each in onward.forms if each[2].get("acting_for") == LESQUIN)
    chosen = sofie.ask("POST", sofie.url("signin", "/go"), acting[2], sec_fetch_site="same-origin")
    cases = sofie.get(chosen.headers["location"])
    assert (cases.status, cases.url) == (200, sofie.url("portal", "/overview"))
    assert f"for {LESQUIN}" in cases.text
    refused = sofie.get(sofie.url("portal", "/delegations"))
    assert "Nobody acts for you" in refused.text, "a delegate sees no delegations of his principal"
    end = anne.get(anne.url("portal", f"/delegations/{LESQUIN}/{BELGIAN}"))
    assert "was ended" in anne.send(end, f"/delegations/{LESQUIN}/{BELGIAN}/end").text
    after = sofie.get(cases.url)
    assert after.status == 403
    assert "Who could grant it" in after.text, "every refusal can be asked why"
    given = anne.send(page, "/delegations/delegate", delegate=BELGIAN, **form | {"valid_to": "2030-01-01"})
    assert "waits for acceptance" in given.text
    again = Someone(node)
    again.sign_in("be.sofie.peeters", "BE", "economic operator")
    one = again.get(again.url("portal", f"/delegations/{LESQUIN}/{BELGIAN}"))
    accepted = again.send(one, f"/delegations/{LESQUIN}/{BELGIAN}/accept")
    assert "waits for acceptance" not in accepted.text, "the same words as the first time, and they are said anew"
    end = anne.get(anne.url("portal", f"/delegations/{LESQUIN}/{BELGIAN}"))
    ended = anne.send(end, f"/delegations/{LESQUIN}/{BELGIAN}/end")
    assert "was ended" in ended.text
    assert [each for each in ended.forms if each[1].endswith("/end")] == [], "it holds no more"


def test_a_stranger_is_shown_no_delegation_between_others(node: Standing) -> None:
    eva = Someone(node)
    eva.sign_in("at.eva.gruber", "AT", "economic operator")
    seen = eva.get(eva.url("portal", f"/delegations/{LESQUIN}/{BELGIAN}"))
    assert "There is no such delegation" in seen.text
    assert not [each for each in seen.forms if each[1].startswith("/delegations")]


def idle(node: Standing, someone: Someone, minutes: float) -> None:
    """So long ago somebody used his session at the portal for the last time: what his browser was given by then."""
    name, _, _ = someone.jar["portal.localhost"]["douane-portal"].split(".")
    _, answer = node.sessions._held[name]
    someone.jar["portal.localhost"]["douane-portal"] = _sealed(
        name, int((time.time() - 60 * minutes) * 1e6), answer.key
    )


def test_who_is_idle_is_warned_five_minutes_before_and_goes_on_by_one_click(node: Standing) -> None:
    anne = Someone(node)
    page = anne.sign_in("fr.anne.martin", "FR", "economic operator")
    assert "Signed in until" in page.text
    ask = anne.url("portal", "/idle?back=/cases")
    assert anne.ask("GET", ask).status == 204
    idle(node, anne, 26)
    for _ in range(2):
        warned = anne.ask("GET", ask)
        assert (warned.status, "signed out in 3 minutes" in warned.text) == (200, True), "asking is no use"
    anne.ask("GET", anne.url("portal", "/cases?part=cases"))
    assert anne.ask("GET", ask).status == 200, "nor is a part that the page fetches by itself"
    assert anne.ask("GET", anne.url("portal", "/stay"), hx_request="true").body == ""
    assert anne.ask("GET", ask).status == 204
    assert anne.ask("GET", anne.url("portal", "/stay?back=//evil.example")).headers["location"] == "/"
    idle(node, anne, 31)
    assert anne.ask("GET", ask).headers["hx-refresh"] == "true"
    assert anne.get(anne.url("portal", "/cases")).status == 401


def test_whose_account_is_closed_is_out_with_his_next_request(node: Standing) -> None:
    eva = Someone(node)
    page = eva.sign_in("at.eva.gruber", "AT", "economic operator")
    assert page.status == 200
    entry = {
        "account": "at.eva.gruber", "provider": eva.pages.url("idp"), "subject": "at.eva.gruber", "name": "Eva Gruber",
        "kind": "trader", "country": "AT", "eori": "ATEOS1000012345", "closed": True,
    }  # fmt: skip
    said(node, "de.system", "/accounts/v1/deliver", keeper="EU", accounts=[entry])
    assert eva.get(page.url).status == 200, "what another administration says of her is nothing"
    said(node, "at.system", "/accounts/v1/deliver", keeper="EU", accounts=[entry])
    after = eva.get(page.url)
    assert (after.status, "Your account is closed" in after.text) == (401, True)
    assert "no account here is yours" in eva.sign_in("at.eva.gruber", "AT", "economic operator").text
    said(node, "at.system", "/accounts/v1/deliver", keeper="EU", accounts=[{**entry, "closed": False}])


def test_who_proved_himself_long_ago_does_so_again_before_he_lets_others_act(node: Standing) -> None:
    anne = Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    page = anne.get(anne.url("portal", "/delegations"))
    old = Person("fr.anne.martin", "EU", actor="economic operator", proven=1)
    name, session = node.run(node.sessions.open(Platform.SPEED2, old))
    anne.jar["portal.localhost"]["douane-portal"] = name
    stale = anne.get(anne.url("portal", "/delegations"))
    assert "Prove again who you are" in stale.text
    assert not [each for each in stale.forms if each[1].startswith("/delegations")]
    form = {"delegate": BELGIAN, "scope": "full", "valid_from": "2026-01-01", "token": session.token}
    sent = anne.ask("POST", f"{page.url}/delegate", form, sec_fetch_site="same-origin")
    assert (sent.status, "Prove again" in sent.text) == (422, True), "whatever was sent"
    again = next(part for part in stale.body.split('"') if "fresh=yes" in part).replace("&amp;", "&")
    provider = anne.get(again)
    assert dict(parse_qsl(urlsplit(provider.url).query))["prompt"] == "login"
    back = anne.send(provider, "/authorize", **{"as": "fr.anne.martin"})
    assert back.url == page.url
    assert [each for each in back.forms if each[1] == "/delegations/delegate"]


def test_the_start_page_of_a_union_signs_officers_of_other_nodes_in_there(node: Standing) -> None:
    jonas, persona = Someone(node), next(each for each in NATIONAL if each.client == "de.officer")
    to = sign_in_at(jonas.pages.settings.data, persona, "/tasks")
    seen = jonas.get(to)
    assert (seen.status, seen.url) == (200, jonas.url("desk", "/tasks"))
    assert "Officer at Weil am Rhein" in seen.text
    again = Someone(node)
    assert again.get(to).url.startswith(again.url("idp")), "its ticket chooses once; then the provider asks"


def test_two_tabs_are_not_two_principals(node: Standing) -> None:
    """A form of the first is refused once the second acts for somebody else: nothing is sent in the wrong name."""
    anne = Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    first = anne.get(anne.url("portal", "/delegations"))
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    seen = anne.send(first, "/delegations/delegate", delegate=BELGIAN, scope="full", valid_from="2026-01-01")
    assert (seen.status, "made for another session" in seen.text) == (403, True)


@pytest.mark.parametrize("to", ["/\N{EURO SIGN}", "/cases?q=\N{GREEK SMALL LETTER OMEGA}", "/\N{CJK RADICAL REPEAT}"])
def test_an_address_of_any_letters_leads_there_and_breaks_nothing(node: Standing, to: str) -> None:
    eve = Someone(node)
    for path, query in (("/language", {"to": "de", "back": to}), ("/stay", {"back": to})):
        found = eve.ask("GET", eve.url("portal", f"{path}?{urlencode(query)}"))
        assert (found.status, unquote(found.headers["location"])) == (303, to)


def test_a_form_without_its_fields_is_refused_and_breaks_nothing(node: Standing) -> None:
    anne = Someone(node)
    anne.sign_in("fr.anne.martin", "FR", "economic operator")
    page = anne.get(anne.url("signin"))
    token = next(each[2]["token"] for each in page.forms if each[1] == "/go")
    for form, status in (({}, 404), ({"site": "portal"}, 303), ({"site": "portal", "acting_for": BELGIAN}, 403)):
        sent = anne.ask("POST", anne.url("signin", "/go"), {"token": token, **form}, sec_fetch_site="same-origin")
        assert sent.status == status, sent.text
    away = {"token": token, "site": "portal", "to": "//evil.example"}
    to = anne.ask("POST", anne.url("signin", "/go"), away, sec_fetch_site="same-origin").headers["location"]
    assert anne.get(to).url == anne.url("portal", "/overview")


def test_a_form_that_nobody_began_is_refused(node: Standing) -> None:
    eve = Someone(node)
    for query in ({}, {"code": "x", "state": "y"}, {"state": "../../x"}, {"error": "<b>", "state": ""}):
        assert eve.get(eve.url("signin", f"/callback?{urlencode(query)}")).status == 401
    for path in ("/go", "/activity"):
        assert eve.ask("POST", eve.url("signin", path), {"token": ""}, sec_fetch_site="same-origin").status == 401
