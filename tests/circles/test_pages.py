"""The circles at the pages: every route with every kind of identity, session and host, on one running node."""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import http.client
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from douane.assembly.pages.sites import HOSTS, SITES, host_of
from douane.assembly.surface import accesses
from douane.cli.main import main
from douane.configuration.discovery import services
from douane.configuration.settings import PagesAt, settings_text
from douane.identity.policy import Ground
from douane.identity.surface import Evidence, Identity, verdict
from douane.model.circles import ActorKind, Platform
from douane.model.routes import Opening, Route
from douane.pages.tests.linting import faults
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.ports import Log
from tests.circles.foreign import BEGINS, UNASKED, UUMDS_ALONE
from tests.circles.identities import with_every_role
from tests.journeys.standing import GENEROUS, Standing, identity_in, settings_in, standing
from tests.pages.union import Union

pytestmark = pytest.mark.timeout(600)  # every page with every identity takes a slow machine minutes
ACCESSES = accesses(Catalogue(services()))
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
EXAMPLES = {
    "{reference}": "26FR005350000009J9", "{kind}": "goal", "{name}": "trade%20flows", "{principal}": "FR1",
    "{delegate}": "BE1", "decisions/{page}": "decisions/0097-pages", "first/{page}": "first/after", "{leaf}": "1",
    "{page}": "settings", "{place}": "1f", "{owner}": "EU", "{service}": "transit", "{version}": "1.0", "{round}": "1",
    "{number}": "1", "{draft}": "0123456789abcdef0123", "{section}": "route", "{filing}": "lodge-declaration",
    "{project}": "CCN~1CSI", "{process}": "transit.departure", "{ruling}": "FRBTI2026000001", "{type}": "DPO",
    "{initiative}": "shared", "{requirement}": "REQ-PRG-010", "{key}": "0" * 64,
}  # fmt: skip
ELSE = {
    "applications": {404}, "programme": {200, 303, 404, 422}, "service-consultations": {200, 422}, "explore": {422},
    "exporters": {404, 422}, "provision": {422},
}  # fmt: skip
NAMES = SITES | {Platform.UUMDS: "signin"}
PLATFORM = {HOSTS[name]: platform for platform, name in NAMES.items()}
STRANGERS = ("evil.example", "", "portal.localhost.evil.example", "127.0.0.1", "operator.localhost")
JSON = {"content-type": "application/json"}
BEGUN = {"declare": {303}, "drafts": {404}, "preferences": {303}}
TOGETHER = {"together": {422, 404}}
"""What becomes of forms that fill something in: a draft is begun; there is no such draft; no case is chosen, or
no task listed for its sender. Of other forms: there is no such thing, or what is filled in is refused."""
KEPT = {"kept-lists": {404}, "cases": {404}, "cases/follow-case": {422}}
"""No list of that address, no case with such a letter, and nothing said of which case."""
KINDS = tuple(kind for kind in ActorKind if kind is not ActorKind.PUBLIC)


@dataclass(frozen=True)
class Seen:
    """An answer of the pages."""

    status: int
    headers: Mapping[str, str]
    body: str
    cookies: tuple[str, ...] = ()


@dataclass
class Pages:
    """The pages of a running node, and sessions that were made for everybody. patience: seconds until who asks goes."""

    node: Standing
    patience: float = 20.0
    kept: dict[tuple[str, Platform], str] = field(default_factory=dict)

    def ask(self, method: str, host: str, path: str, *, cookie: str = "", form: Mapping[str, str] | None = None,
            **headers: str) -> Seen:  # fmt: skip
        """One request, as a browser sends it."""
        assert self.node.node.pages is not None
        connection = http.client.HTTPConnection("127.0.0.1", self.node.node.pages.port, timeout=self.patience)
        said = {"host": f"{host}:8440" if host else "", "accept": BROWSER, "cookie": cookie}
        body = urlencode(form).encode() if form is not None else None
        said |= {"content-type": "application/x-www-form-urlencoded"} if form is not None else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {name: value for name, value in said.items() if value or name == "host"})
        answer = connection.getresponse()
        zipped, content = answer.getheader("content-encoding") == "gzip", answer.read()
        content = gzip.decompress(content) if zipped else content
        kept = tuple(answer.headers.get_all("set-cookie") or ())
        found = Seen(answer.status, dict(answer.getheaders()), content.decode(errors="replace"), kept)
        connection.close()
        return found

    def session(self, client: str, platform: Platform) -> str:
        """The cookie of a session, as the pages would have set it."""
        if (client, platform) not in self.kept:
            assert self.node.node.pages is not None
            sessions = self.node.node.pages.sessions
            name = sessions.enter(platform, sessions.invite(client, platform)).name
            self.kept[client, platform] = f"douane-{NAMES[platform]}={name}"
        return self.kept[client, platform]

    def token(self, host: str, path: str, cookie: str) -> str:
        """The token in the forms of a page."""
        return self.ask("GET", host, path, cookie=cookie).body.partition('name="token" value="')[2].partition('"')[0]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("pages")
    clients = [with_every_role(kind) for kind in KINDS]
    with standing(folder, identity_in(folder, clients), pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield Pages(node)


def routes(pages: Pages) -> Iterator[tuple[str, Route]]:
    assert pages.node.node.pages is not None
    for host, several in pages.node.node.pages.routes.items():
        yield from ((host, route) for route in several)


def address(route: Route) -> str:
    path = functools.reduce(lambda told, each: told.replace(*each), EXAMPLES.items(), route.path)
    assert "{" not in path
    return path


def test_the_pages_are_those_of_the_hosts_and_each_says_to_whom_it_opens(pages: Pages) -> None:
    found = list(routes(pages))
    assert {host for host, _ in found} == set(HOSTS.values())
    closed = [(host, r) for host, r in found if r.opening is not Opening.ANYBODY]
    assert {host for host, _ in closed} == set(PLATFORM)
    assert {r.path for _, r in found if r.opening is Opening.ANYBODY} == {
        "/", "/as", "/switch", "/advance", "/report", "/report/{name}", "/help", "/accessibility", "/privacy", "/find",
        "/docs", "/docs/{page}", "/docs/decisions/{page}", "/modules", "/first", "/first/{page}",
        "/begin", "/callback", *UUMDS_ALONE, *BEGINS, "/authorize", "/token", "/jwks", "/statement",
        "/.well-known/openid-configuration",
    }  # fmt: skip
    behind = {HOSTS[name] for name in SITES.values()}
    assert not any(r.opening is Opening.ANYBODY and r.path == "/" for host, r in found if host in behind)


@pytest.mark.parametrize("host", STRANGERS)
def test_a_host_that_is_none_of_ours_gets_421_whatever_it_asks_for(pages: Pages, host: str) -> None:
    paths = {address(route) for _, route in routes(pages)} | {"/enter?once=x", "/language", "/assets/x", "/nothing"}
    for method, path in ((m, p) for m in ("GET", "POST") for p in sorted(paths)):
        found = pages.ask(method, host, path, form={} if method == "POST" else None)
        assert found.status == 421, (method, path)
        assert "douane-" not in str(found.cookies)


def test_every_page_meets_every_kind_of_identity_as_the_policy_says(pages: Pages) -> None:
    """The whole matrix: route, kind, and the platform for which the session was made."""
    tried = 0
    for host, route in routes(pages):
        if route.method != "GET" or host not in PLATFORM:
            continue
        for kind in KINDS:
            for platform in NAMES:
                found = pages.ask("GET", host, address(route), cookie=pages.session(f"all.{kind.value}", platform))
                wanted = wanted_of(route, kind, platform, PLATFORM[host])
                assert found.status in wanted, (host, route.path, kind, platform, found.status)
                assert ("There is no operation" in found.body) == (wanted == {404}), (host, route.path, kind, platform)
                tried += 1
    assert tried > 300


def published(route: Route, host: Platform) -> bool:
    """Whether a page is shown to whoever proves nothing."""
    return verdict(host, route, Identity(evidence=Evidence.NONE), ACCESSES).allowed


def wanted_of(route: Route, kind: ActorKind, session: Platform, host: Platform) -> set[int]:
    if route.opening is Opening.ANYBODY:
        if route.path in UNASKED:
            return {401}
        if route.path in BEGINS:
            return {BEGINS[route.path]}
        return {200, 303} if route.path == "/find" else {200}
    if host is Platform.UUMDS:
        return {401}  # a client has no account; persons are met in the journeys
    if session is not host and published(route, host):
        return {200, 404} if "{ruling}" in route.path else {200}  # who is not signed in there sees what is published
    if session is not host:
        return {401}  # the cookie has another name, and another platform's folder
    judged = verdict(host, route, Identity(kind), ACCESSES)
    if judged.allowed:
        return {200, 303, 404}
    return {404} if judged.ground is Ground.NOT_OPEN else {403}


@pytest.mark.parametrize("name", ["", "x", "a" * 5_000, "%00", "../ccn2/x"])
def test_a_cookie_that_is_no_session_is_nobody(pages: Pages, name: str) -> None:
    for host, route in routes(pages):
        open_to_all = route.opening is Opening.ANYBODY or published(route, PLATFORM[host])
        if not open_to_all and route.method == "GET":
            cookie = f"douane-{NAMES[PLATFORM[host]]}={name}"
            found = pages.ask("GET", host, address(route), cookie=cookie)
            assert found.status == 401
            assert "douane enter" in found.body, "it says how to go on"


def test_the_session_of_one_platform_is_none_at_another_even_under_its_cookie(pages: Pages) -> None:
    name = pages.session("all.trader", Platform.SPEED2).partition("=")[2]
    for platform, site in SITES.items():
        status = pages.ask("GET", HOSTS[site], "/", cookie=f"douane-{site}={name}").status
        assert status == (303 if platform is Platform.SPEED2 else 401)


def test_who_is_no_longer_registered_is_signed_out_at_once(pages: Pages) -> None:
    assert pages.ask("GET", HOSTS["portal"], "/cases", cookie=pages.session("nobody", Platform.SPEED2)).status == 401


def test_a_link_lets_in_once_sets_a_cookie_for_this_host_and_tells_nobody_where_it_came_from(pages: Pages) -> None:
    assert pages.node.node.pages is not None
    secret = pages.node.node.pages.sessions.invite("all.trader", Platform.SPEED2, to="/cases")
    assert pages.ask("GET", HOSTS["desk"], "/enter?once=x").status == 401
    entered = pages.ask("GET", HOSTS["portal"], f"/enter?{urlencode({'once': secret})}")
    assert (entered.status, entered.headers["location"]) == (303, "/cases")
    assert entered.headers["referrer-policy"] == "no-referrer"
    assert entered.headers["cache-control"] == "no-store"
    (cookie,) = entered.cookies
    assert cookie.startswith("douane-portal=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")
    assert "domain" not in cookie.lower()
    assert pages.ask("GET", HOSTS["portal"], "/cases", cookie=cookie.partition(";")[0]).status == 200
    again = pages.ask("GET", HOSTS["portal"], f"/enter?{urlencode({'once': secret})}")
    assert again.status == 401
    assert again.cookies == ()


@pytest.mark.parametrize("client", ["all.operator", "all.member_state", "nobody"])
def test_a_link_for_who_may_not_enter_there_begins_nothing(pages: Pages, client: str) -> None:
    assert pages.node.node.pages is not None
    secret = pages.node.node.pages.sessions.invite(client, Platform.SPEED2)
    refused = pages.ask("GET", HOSTS["portal"], f"/enter?{urlencode({'once': secret})}")
    assert (refused.status, refused.cookies) == (401, ())


def test_a_form_needs_this_host_and_the_token_of_its_session(pages: Pages) -> None:
    host, cookie = HOSTS["portal"], pages.session("all.trader", Platform.SPEED2)
    token, own = pages.token(host, "/cases", cookie), f"http://{host}:8440"
    other = pages.token(HOSTS["desk"], "/cases", pages.session("all.officer", Platform.CCN2))
    assert token
    assert token != other
    for form, headers in (
        ({"token": token}, {}),
        ({"token": token}, {"origin": f"http://{HOSTS['desk']}:8440"}),
        ({"token": token}, {"sec_fetch_site": "same-site"}),
        ({"token": token}, {"sec_fetch_site": "cross-site", "origin": own}),
        ({}, {"origin": own}),
        ({"token": other}, {"origin": own}),
    ):
        found = pages.ask("POST", host, "/leave", cookie=cookie, form=form, **headers)
        assert found.status == 403
        assert "Nothing was written." in found.body
        assert pages.ask("GET", host, "/cases", cookie=cookie).status == 200, "nobody was signed out"


def test_forms_of_the_start_page_need_its_token_and_let_nobody_choose_where_they_lead(pages: Pages) -> None:
    host = HOSTS["start"]
    token, own = pages.token(host, "/", ""), {"sec_fetch_site": "same-origin"}
    assert pages.ask("POST", host, "/as", form={"as": "fr.officer", "token": "x"}, **own).status == 403
    assert pages.ask("POST", host, "/as", form={"as": "fr.officer", "token": token}).status == 403
    assert pages.ask("POST", host, "/as", form={"as": "nobody", "token": token}, **own).status == 404
    assert pages.ask("POST", host, "/switch", form={"name": "AT", "token": token}, **own).status == 404
    assert pages.ask("POST", host, "/advance", form={"token": "x"}, **own).status == 403
    led = pages.ask("POST", host, "/as", form={"as": "fr.officer", "token": token, "go": "//evil.example"}, **own)
    assert led.status == 303
    there = led.headers["location"]
    assert there.startswith(f"http://{HOSTS['signin']}:")
    assert "evil" not in there
    assert "to=%2F&" in there


def test_who_signs_out_is_out_and_his_browser_forgets(pages: Pages) -> None:
    host, cookie = HOSTS["desk"], pages.session("fr.officer", Platform.CCN2)
    form = {"token": pages.token(host, "/cases", cookie)}
    out = pages.ask("POST", host, "/leave", cookie=cookie, form=form, sec_fetch_site="same-origin")
    assert out.status == 303
    assert "Max-Age=0" in out.cookies[0]
    assert "cache" in out.headers["clear-site-data"]
    assert pages.ask("GET", host, "/cases", cookie=cookie).status == 401
    del pages.kept["fr.officer", Platform.CCN2]


@pytest.fixture(scope="module")
def union(pages: Pages) -> Union:
    """A released movement at Lesquin, announced at Weil am Rhein and at Wien."""
    found = Union(pages.node)
    found.prepare()
    return found


@pytest.fixture(scope="module")
def announced(union: Union) -> str:
    """The MRN of a movement whose passage nobody records."""
    return union.released()


def acts(pages: Pages) -> list[tuple[str, Route]]:
    """The routes of forms over commands."""
    return [(host, route) for host, route in routes(pages) if route.method == "POST" and route.operations]


def act(pages: Pages, client: str, path: str, **form: str) -> Seen:
    """Send a form of an officer's page, as the browser that shows it would."""
    host, cookie = HOSTS["desk"], pages.session(client, Platform.CCN2)
    token = pages.token(host, "/cases", cookie)
    return pages.ask("POST", host, path, cookie=cookie, form={"token": token, **form}, sec_fetch_site="same-origin")


def until_shown(pages: Pages, client: str, path: str, text: str) -> str:
    """The page of an officer once it shows a text."""
    for _ in range(100):
        found = pages.ask("GET", HOSTS["desk"], path, cookie=pages.session(client, Platform.CCN2)).body
        if text in found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{text!r} is not shown to {client}")


def test_every_form_over_a_command_meets_every_kind_of_identity_as_the_policy_says(pages: Pages) -> None:
    tried = 0
    for host, route in acts(pages):
        for kind in KINDS:
            for platform in SITES:
                cookie = pages.session(f"all.{kind.value}", platform)
                wanted = wanted_of(route, kind, platform, PLATFORM[host])
                token = pages.token(host, "/help", cookie) if platform is PLATFORM[host] else "x"
                form, known = {"token": token}, BEGUN | TOGETHER | KEPT | ELSE
                found = pages.ask("POST", host, address(route), cookie=cookie, form=form, sec_fetch_site="same-origin")
                usual = {422, 200} if host != HOSTS["desk"] else {404}
                meant = known.get(route.path[1:], known.get(route.path.split("/")[1], usual))
                assert found.status in (wanted if wanted != {200, 303, 404} else meant), (route.path, kind, platform)
                bare = pages.ask("POST", host, address(route), cookie=cookie, form={}, sec_fetch_site="same-origin")
                assert bare.status in (401, 403, 404)
                tried += 1
    assert tried >= 4 * len(KINDS) * len(SITES)
    beside = {route.path.split("/")[1] for host, route in acts(pages) if host != HOSTS["desk"]}
    beyond = {"delegations", "keys", "kept-lists", "cases", *ELSE, "decisions", *BEGUN} - {"explore"}  # of desks alone
    assert beside == beyond, "and none for an officer"


def test_a_passage_is_recorded_by_the_officer_whose_case_it_is_and_by_nobody_else(pages: Pages, union: Union) -> None:
    path = f"/cases/{union.mrn}"
    form, to = (
        {"office": "DE004055", "passed_on": f"{dt.datetime.now(ZoneInfo('Europe/Berlin')):%Y-%m-%d}"},
        f"{path}/record-passage",
    )
    shown = until_shown(pages, "de.officer", path, "Record the passage")
    assert f'action="{to}"' in shown
    listed = pages.ask("GET", HOSTS["desk"], "/cases", cookie=pages.session("de.officer", Platform.CCN2)).body
    assert f"/cases/{union.mrn}" in listed, "it is known by its MRN, also where it was announced"
    assert 'value="DE004055"' in shown, "the office that the record names"
    host, cookie = HOSTS["desk"], pages.session("de.officer", Platform.CCN2)
    token = pages.token(host, "/cases", cookie)
    other = pages.token(host, "/cases", pages.session("fr.officer", Platform.CCN2))
    assert token
    for wrong, headers in (
        ({**form, "token": token}, {}),
        ({**form, "token": token}, {"origin": f"http://{HOSTS['portal']}:8440"}),
        ({**form, "token": token}, {"sec_fetch_site": "cross-site"}),
        ({**form, "token": other}, {"sec_fetch_site": "same-origin"}),
        (form, {"sec_fetch_site": "same-origin"}),
    ):
        assert pages.ask("POST", host, to, cookie=cookie, form=wrong, **headers).status == 403
    for client, status in (("fr.officer", 422), ("at.officer", 422), ("all.officer", 422), ("nl.officer", 404)):
        seen = act(pages, client, to, **form)
        assert seen.status == status, "his own case waits for something else, or there is none"
        assert 'action="' + to not in seen.body
    assert "Record the passage" in until_shown(pages, "de.officer", path, "waits for you"), "nobody has recorded it"
    done = act(pages, "de.officer", to, **form)
    assert done.status == 303, done.body
    said = until_shown(pages, "de.officer", done.headers["location"], "It is recorded.")
    assert f'action="{to}"' not in said, "the case waits for it no more"
    others = pages.ask("GET", host, done.headers["location"], cookie=pages.session("fr.officer", Platform.CCN2)).body
    assert "It is recorded." not in others, "nobody learns what became of another's message"
    again = act(pages, "de.officer", to, **form)
    assert again.status == 422
    assert "The case does not wait for this, or no longer." in again.body
    assert faults(again.body) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("office", ""), ("office", "<b>"), ("office", "DE004055' --"), ("passed_on", ""), ("passed_on", "yesterday"),
     ("passed_on", "2026-02-30")],
)  # fmt: skip
def test_what_is_wrong_in_a_form_is_said_at_its_field(pages: Pages, announced: str, field: str, value: str) -> None:
    path = f"/cases/{announced}"
    until_shown(pages, "de.officer", path, "Record the passage")
    for language in ("en", "fr", "de"):
        form = {"office": "DE004055", "passed_on": f"{dt.datetime.now(ZoneInfo('Europe/Berlin')):%Y-%m-%d}"} | {
            field: value
        }
        host, cookie = HOSTS["desk"], pages.session("de.officer", Platform.CCN2)
        form["token"] = pages.token(host, "/cases", cookie)
        seen = pages.ask("POST", host, f"{path}/record-passage", cookie=cookie, form=form,
                         sec_fetch_site="same-origin", accept_language=language)  # fmt: skip
        assert seen.status == 422
        assert f'href="#f-{field}"' in seen.body, "the summary leads to the field"
        assert f'id="e-{field}"' in seen.body
        assert seen.body.count('aria-invalid="true"') == 1
        assert "<b>" not in seen.body.partition("<main")[2].partition('id="f-office"')[2].partition("<button")[0]
        assert faults(seen.body) == []
        told = pages.ask("POST", host, f"{path}/record-passage", cookie=cookie, form=form, accept="application/json",
                         sec_fetch_site="same-origin")  # fmt: skip
        assert told.status == 422, "who asks for JSON is told no other"
    assert until_shown(pages, "de.officer", path, "waits for you")


def test_a_task_is_taken_at_the_desk_and_shared_out_by_programs_alike(pages: Pages, announced: str) -> None:
    path, body = f"/cases/{announced}", {"case": f"passage/{announced}", "procedure": "passage", "turn": 0}
    until_shown(pages, "de.officer", path, "Take the task")
    assert announced in until_shown(pages, "de.officer", "/tasks", "nobody")
    assert act(pages, "de.officer", f"{path}/release-task").status == 422, "he does not have it"
    done = act(pages, "de.officer", f"{path}/claim-task")
    assert done.status == 303, done.body
    assert "Give the task back" in until_shown(pages, "de.officer", done.headers["location"], "It is recorded.")
    assert announced in until_shown(pages, "de.officer", "/tasks?state=held", announced)
    body |= {"task": "record_passage", "role": "customs officer of transit", "turn": 1}
    client, to = pages.node.client("ccn2", "de.officer"), "/case_files/v1/release_task"
    other = client.ask("POST", to, json.dumps({**body, "role": "harbour master"}).encode(), JSON)
    assert (other.status, "DOU-1103" in str(other.json)) == (403, True), "a role that he does not have"
    trader, french = pages.node.client("speed2", "trader.fr.lesquin"), pages.node.client("ccn2", "fr.officer")
    assert trader.ask("POST", to, json.dumps(body).encode(), JSON).status == 404
    assert french.ask("POST", to, json.dumps(body).encode(), JSON).status == 202
    waits = french.ask("GET", "/v1/inbox?wait=10&limit=100").json["items"]
    told = [json.loads(each["body"]) for each in waits if each["type"] == "TaskRefused"]
    assert [(each["code"], each["holder"]) for each in told] == [("90", "")], "to another office there is no such task"
    (held,) = client.ask("POST", "/case_files/v1/my_tasks", b'{"state": "held"}', JSON).json["tasks"]
    assert (held["holder"], held["turn"]) == ("de.jonas.weber", 1)
    assert client.ask("POST", to, json.dumps(body).encode(), JSON).status == 202
    assert "Take the task" in until_shown(pages, "de.officer", path, "Take the task")
    question = json.dumps({"type": "TaskHeld"}).encode()
    said = client.ask("POST", "/case_files/v1/my_messages", question, JSON).json["messages"]
    assert {each["reference"] for each in said} == {announced}


def test_a_result_that_the_form_does_not_offer_is_refused_at_its_field(pages: Pages, union: Union) -> None:
    mrn = union.released()
    union.arrive(mrn)
    to = f"/cases/{mrn}/record-inspection"
    until_shown(pages, "at.officer", f"/cases/{mrn}", f'action="{to}"')
    for code in ("", "ZZ", "A1A1", "a1"):
        seen = act(pages, "at.officer", to, code=code)
        assert (seen.status, 'id="e-code"' in seen.body) == (422, True)
    found = {"code": "B1", "remarks": "Two cartons are missing."}
    assert act(pages, "at.officer", to, **found, mrn="26FR005350000009J9", officer="fr.officer").status == 303
    text = until_shown(pages, "at.officer", f"/cases/{mrn}", "at.officer")
    assert "fr.officer" not in text, "who acts is known from the session, and the case from the page"


def test_every_answer_carries_the_policy_and_is_a_page_without_fault(pages: Pages) -> None:
    cookie = pages.session("all.trader", Platform.SPEED2)
    for host, path in ((HOSTS["start"], "/"), (HOSTS["start"], "/?go=/cases/x"), (HOSTS["portal"], "/cases"),
                       (HOSTS["portal"], "/nothing"), (HOSTS["portal"], "/cases/26FR005350000009J9"),
                       (HOSTS["portal"], "/help"), (HOSTS["portal"], "/privacy"), (HOSTS["start"], "/report"),
                       (HOSTS["portal"], "/accessibility"), (HOSTS["portal"], "/language?back=/cases"),
                       (HOSTS["desk"], "/cases"), ("evil.example", "/")):  # fmt: skip
        for language in ("en", "fr", "de", "mt"):
            found = pages.ask("GET", host, path, cookie=cookie, accept_language=language)
            policy = found.headers["content-security-policy"]
            assert "script-src 'self'; style-src 'self'" in policy
            assert found.headers["x-content-type-options"] == "nosniff"
            assert "strict-transport-security" not in found.headers, "this listener has no TLS to ask for"
            assert faults(found.body) == [], (host, path)


def test_the_report_of_a_run_is_shown_with_its_own_style_and_no_script(pages: Pages) -> None:
    assert pages.node.node.pages is not None
    moving, text = pages.node.node.pages.moving, "<!doctype html><style>p{}</style><p>report</p>"
    moving.written = lambda name: text.encode() if name == "index.html" else None
    assert pages.ask("GET", HOSTS["start"], "/report").headers["location"] == "/report/index.html"
    assert pages.ask("GET", HOSTS["start"], "/report/other.html").status == 404
    found = pages.ask("GET", HOSTS["start"], "/report/index.html")
    moving.written = lambda _name: None
    assert found.body == text
    assert found.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "img-src data:" in found.headers["content-security-policy"], "its icon is one"
    assert pages.ask("GET", HOSTS["start"], "/report").status == 404


def test_a_page_that_has_not_changed_is_not_sent_again_and_never_to_another(pages: Pages) -> None:
    cookie = pages.session("all.trader", Platform.SPEED2)
    first = pages.ask("GET", HOSTS["portal"], "/help", cookie=cookie)
    assert first.headers["cache-control"] == "private, no-cache"
    again = pages.ask("GET", HOSTS["portal"], "/help", cookie=cookie, if_none_match=first.headers["etag"])
    assert again.status in (200, 304), "the clock on it may have moved on by a minute"
    kept = first.headers["etag"]
    french = pages.ask("GET", HOSTS["portal"], "/help", cookie=cookie, if_none_match=kept, accept_language="fr")
    assert [french.status, pages.ask("GET", HOSTS["portal"], "/help", if_none_match=kept).status] == [200, 200]
    small = pages.ask("GET", HOSTS["portal"], "/help", cookie=cookie, accept_encoding="gzip")
    assert small.headers["content-encoding"] == "gzip"


def test_a_live_part_is_sent_when_it_has_changed_and_says_when_the_session_is_over(pages: Pages) -> None:
    cookie = pages.session("all.trader", Platform.SPEED2)
    whole = pages.ask("GET", HOSTS["portal"], "/cases", cookie=cookie).body
    seen = whole.partition("part=cases&amp;seen=")[2][:16]
    assert pages.ask("GET", HOSTS["portal"], f"/cases?part=cases&seen={seen}", cookie=cookie).status == 204
    part = pages.ask("GET", HOSTS["portal"], "/cases?part=cases&seen=x", cookie=cookie)
    assert part.status == 200
    assert part.body.strip() in whole
    assert pages.ask("GET", HOSTS["portal"], "/cases?part=nothing", cookie=cookie).status == 404
    assert pages.ask("GET", HOSTS["portal"], "/cases?part=cases").headers["hx-refresh"] == "true"


def test_a_page_as_json_is_the_queries_behind_it_as_the_door_answers_them(pages: Pages) -> None:
    cookie = pages.session("all.trader", Platform.SPEED2)
    for path, accept in (("/cases?format=json", BROWSER), ("/cases", "application/json")):
        found = json.loads(pages.ask("GET", HOSTS["portal"], path, cookie=cookie, accept=accept).body)
        (asked,) = found["operations"]
        assert asked["operation"] == "case_files.my_cases"
        assert pages.node.client("speed2", "all.trader").ask("POST", asked["url"], b"{}", JSON).json == asked["answer"]
    refused = pages.ask("GET", HOSTS["portal"], "/cases", accept="application/json").body
    assert json.loads(refused)["code"] == "DOU-1101"


@pytest.mark.parametrize("door", ["speed2", "ccn2", "cdco", "uumds", "operations"])
def test_a_browser_at_a_door_for_programs_is_told_where_the_pages_are(pages: Pages, door: str) -> None:
    told = (client := pages.node.client(door, "")).ask("GET", "/", headers={"accept": BROWSER})
    assert told.status in (401, 404)
    assert f"http://localhost:{pages.node.node.pages.port}/" in told.body.decode()  # type: ignore[union-attr]
    assert faults(told.body.decode()) == ["nobody can skip to the content"], "it is one line"
    assert json.loads(client.ask("GET", "/", headers={"accept": "*/*"}).body)["status"] == told.status


def test_who_comes_in_is_in_the_audit_log(pages: Pages) -> None:
    assert pages.node.node.pages is not None
    secret = pages.node.node.pages.sessions.invite("all.commission", Platform.CDCO)
    assert pages.ask("GET", HOSTS["centre"], f"/enter?{urlencode({'once': secret})}").status == 303
    store, start = pages.node.node.core.store, keys.log_position(0, 0)
    for _ in range(100):
        rows = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, start, keys.log_position(1, 0) - 1, 10_000)]
        said = [row.content.octets for row in rows if row.kind is RowKind.READ]
        if any(b'"all.commission"' in each and b'"enter"' in each for each in said):
            return
        time.sleep(0.1)
    raise AssertionError("nobody told the log")


def test_a_link_from_the_command_line_leads_in(pages: Pages, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(pages.node.node.core.settings.data)
    assert main(["enter", "--as", "fr.officer", "--data", data, "--to", "/cases"]) == 0
    url = capsys.readouterr().out.strip()
    assert url.startswith("http://desk.localhost:")
    entered = pages.ask("GET", HOSTS["desk"], url.partition(str(pages.node.node.pages.port))[2])  # type: ignore[union-attr]
    assert (entered.status, entered.headers["location"]) == (303, "/cases")
    for client in ("nobody", "link.speed2", "../x"):
        assert main(["enter", "--as", client, "--data", data]) == 2
        assert "Name a trader" in capsys.readouterr().err


def test_a_node_under_a_name_of_its_own_shares_no_host_with_another() -> None:
    hosts = [host_of(site, PagesAt(under=name)) for name in ("", "de", "at") for site in HOSTS]
    assert len(set(hosts)) == len(hosts)
    assert host_of("desk", PagesAt(under="de")) == "desk.de.localhost"
    assert host_of("start", PagesAt(under="de")) == "de.localhost"
    assert all(each.endswith("localhost") for each in hosts)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [({"pages": PagesAt("0.0.0.0")}, "open to others at 0.0.0.0"), ({"pages": PagesAt("192.0.2.1")}, "open to others"),
     ({"pages": PagesAt(), "processes": 2}, "one process"),
     ({"pages": PagesAt(port=8447), "ports": {"operations": 8447}}, "port 8447")],
)  # fmt: skip
def test_pages_that_others_could_read_end_the_start(
    wrong: dict[str, object], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ports = settings_in(tmp_path).ports | wrong.pop("ports", {})  # type: ignore[operator]
    made = replace(settings_in(tmp_path / "data"), ports=ports, **wrong)  # type: ignore[arg-type]
    config = tmp_path / "douane.toml"
    config.write_text(settings_text(made, place=True))
    assert main(["run", "--config", str(config)]) == 2
    assert text in capsys.readouterr().err


def test_an_officers_tasks_are_a_query_of_the_door_with_filters_and_no_traders(pages: Pages) -> None:
    cookie = pages.session("all.officer", Platform.CCN2)
    found = json.loads(pages.ask("GET", HOSTS["desk"], "/tasks?format=json", cookie=cookie).body)
    (asked,) = found["operations"]
    assert asked["operation"] == "case_files.my_tasks"
    body = json.dumps({"state": "open", "due_before": "2030-01-01T00:00:00Z", "office": "DE004058"}).encode()
    direct = pages.node.client("ccn2", "all.officer").ask("POST", asked["url"], body, JSON)
    assert (direct.status, direct.json) == (200, {"tasks": [], "after": "", "cut": False})
    assert pages.node.client("ccn2", "all.officer").ask("POST", asked["url"], b'{"state": "any"}', JSON).status == 422
    assert pages.node.client("speed2", "all.trader").ask("POST", asked["url"], b"{}", JSON).status == 404
    trader = pages.session("all.trader", Platform.SPEED2)
    assert pages.ask("GET", HOSTS["portal"], "/tasks", cookie=trader).status == 404
