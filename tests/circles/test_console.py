"""The operator's console: what it says of a node in trouble, what an operator can do there, and who may not see it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest

from douane.assembly.pages.sites import HOSTS
from douane.configuration.settings import PagesAt, Uplink
from douane.model.circles import ActorKind, Platform
from douane.pages.tests.linting import faults
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.happenings import place_said
from douane.shared_services.monitoring.ring import Sample
from douane.supervision.levels import Ledger, Line
from douane.trust.demo import DemoClient
from tests.circles.test_pages import Pages, Seen
from tests.cli.nodes import a_list
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import Union
from tests.rights.test_nonsense_pages import WORDS

HOST, OPERATOR, NAME = HOSTS["console"], "operator", "eu.olga.nowak"
"""The client of an operator, and the person whose own it is."""
PUBLISHER = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)
NOBODY_THERE = "https://127.0.0.1:1"
DEPUTY = DemoClient("operator.deputy", ActorKind.OPERATOR, person="eu.dora.lang")
ANNA, CARDS = "eu.anna.berg", tuple(DemoClient(f"operator.card.{n}", ActorKind.OPERATOR) for n in (1, 2))
"""A person who has two certificates."""
PATHS = (
    "/many?class=x",
    "/",
    "/lanes",
    "/lane?name=rest:AT",
    "/aside",
    "/aside/1f",
    "/calendar",
    "/levels",
    "/maintenance",
    "/events",
    "/find?reference=x",
)


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    """A node whose way to Austria leads nowhere."""
    folder = tmp_path_factory.mktemp("console")
    identity = identity_in(folder, (PUBLISHER, DEPUTY, *CARDS))
    register = identity.register.read_text()
    for each in CARDS:
        register = register.replace(f'id = "{each.id}"\n', f'id = "{each.id}"\nperson = "{ANNA}"\n')
    identity.register.write_text(register)
    away = {"AT": Uplink(NOBODY_THERE, "fr.officer", folder / "identity")}
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, peers=away,
                  elsewhere=frozenset({"AT"})) as node:  # fmt: skip
        made = Union(node)
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def pages(union: Union) -> Pages:
    return Pages(union.node)


def see(pages: Pages, path: str) -> Seen:
    """A page as an operator sees it; without fault."""
    found = pages.ask("GET", HOST, path, cookie=pages.session(OPERATOR, Platform.OPERATIONS))
    assert faults(found.body) == []
    return found


def until(pages: Pages, path: str, text: str) -> str:
    """A page, once it says something."""
    end = time.monotonic() + 30
    while text not in (body := see(pages, path).body):
        assert time.monotonic() < end, plain(body)
        time.sleep(0.2)
    return body


def plain(body: str) -> str:
    """What stands on a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.partition("<main")[2]))


def test_a_partner_that_cannot_be_reached_is_named_with_why_and_the_cases_that_wait(union: Union, pages: Pages) -> None:
    said = plain(until(pages, "/", f">{union.mrn}<"))
    assert "AT (rest)" in said
    assert "tried" in said
    assert "needs you" in said or "need you" in said
    lanes = plain(see(pages, "/lanes").body)
    assert union.mrn in lanes
    assert "Attempts in vain" in lanes


def test_a_partner_that_answers_is_told_with_its_rate_and_how_long_it_takes(union: Union, pages: Pages) -> None:
    assert "Takes to answer" not in see(pages, "/lanes").body, "none has answered"
    lanes = union.node.node.lanes
    assert lanes is not None
    (lane,) = [each for name, each in lanes.lanes.items() if name.startswith("rest:")]
    now = lanes.clock.now()
    lane.going.last = now  # as its turn does, at the clock and pace that the node has
    lane.going.carried(round(union.node.loop.time() * 1_000_000), 7, 312_000)
    said = plain(see(pages, "/lanes").body)
    assert "Takes to answer" in said
    assert "7 312 ms" in said


def test_where_a_case_is_can_be_asked_and_the_log_tells_who_did(union: Union, pages: Pages) -> None:
    body = see(pages, f"/find?{urlencode({'reference': union.mrn})}").body
    assert "transit.lodge_declaration" in body
    assert "coffee" not in body, "what a message says is not shown"
    core, end = union.node.node.core, time.monotonic() + 10
    while not [r for r in rows(union, RowKind.READ) if NAME.encode() in r]:
        assert time.monotonic() < end, core
        time.sleep(0.1)


@pytest.mark.parametrize("nonsense", ["", "\x00", "x" * 500, "<script>alert(1)</script>", "26FR005350000099J9"])
def test_nonsense_is_answered_by_a_page_that_says_what_to_do(pages: Pages, nonsense: str) -> None:
    found = see(pages, f"/find?{urlencode({'reference': nonsense})}")
    assert found.status == 200
    assert "<script>alert" not in found.body
    assert see(pages, f"/aside/{urlencode({'x': nonsense})[2:] or '0'}").status == 404


def test_what_runs_out_stands_in_a_calendar(pages: Pages) -> None:
    said = plain(see(pages, "/calendar").body)
    assert "revocation list" in said
    assert "The certificate of Douane development root" in said
    assert "CN=" not in said, "whose it is, and not how X.509 writes it"
    german = pages.ask("GET", HOST, "/calendar", cookie=pages.session(OPERATOR, Platform.OPERATIONS),
                       accept_language="de").body  # fmt: skip
    assert "Das Zertifikat von Douane development root" in plain(german)


def test_the_first_page_answers_at_one_look_and_needs_no_script(union: Union, pages: Pages) -> None:
    until(pages, "/", "Messages accepted in a minute")
    telemetry, now = union.node.node.telemetry, union.node.node.core.clock.now()
    telemetry.ring.samples.appendleft(Sample(now - 60_000_000, accepted=7))  # the minute before the test began
    body = until(pages, "/", 'class="spark"')
    said = plain(body)
    for name in (
        "Figures of the last hour",
        "Ways to partners",
        "Cases that changed within a day",
        "Acts of operators",
    ):
        assert name in said, name
    assert "Messages accepted in a minute" in said
    assert body.count('class="spark"') == 6, "each figure has the way of its last hour beside it"
    assert re.search(r"\d+ cases? (was|were) opened today", said)
    assert "released" in said.lower(), "the movement stands among the cases by state"
    ways = plain("<main" + body.partition('id="h-ways"')[2].partition("</section>")[0])
    assert "AT" in ways
    assert "rest" in ways
    german = pages.ask("GET", HOST, "/", cookie=pages.session(OPERATOR, Platform.OPERATIONS), accept_language="de").body
    assert "Zahlen der letzten Stunde" in plain(german)


def test_certificates_of_clients_stand_by_holder_in_the_calendar(pages: Pages) -> None:
    said = plain(see(pages, "/calendar").body)
    assert "Certificates of clients" in said
    assert re.search(r"DE de\.system .* days", said)
    narrowed = plain(see(pages, "/calendar?words=at.system").body)
    assert "at.system" in narrowed


def test_the_last_thirty_days_of_each_door_are_bars_with_their_numbers(union: Union, pages: Pages) -> None:
    data = union.node.node.core.settings.data
    Ledger(data).append(Line(dt.datetime.now(dt.UTC), bad={"cdco": "it was closed"}))
    body = see(pages, "/levels").body
    bars = body.partition('id="h-days"')[2].partition("</section>")[0]
    assert bars.count("<rect") % 30 == 0
    assert 'class="bad"' in bars
    assert "Days without a bad minute" in plain("<main" + bars)


def test_levels_of_the_month_say_what_was_promised_and_that_unseen_time_is_not_up(union: Union, pages: Pages) -> None:
    now = dt.datetime.now(dt.UTC)
    begun = max(now - dt.timedelta(minutes=3), now.replace(day=1, hour=0, minute=0))
    Ledger(union.node.identity.folder.parent).append(Line(begun, ("speed2",), {"ccn2": "no answer"}))
    said = plain(see(pages, "/levels").body)
    assert re.search(r"Transit SPEED2 all 99.8% \S+% 100.000% 100.000% \d", said), said
    assert re.search(r"Transit CCN2 all 99.8% \S+% 0.000% 0.000% \S+% 1 0 ", said), said
    assert re.search(r"Economic operators CDCO all 99.8% \S+% unknown", said)
    assert "Doors and partitions are measured, not services" in said
    year = plain(see(pages, f"/levels?year={now:%Y}").body)
    assert f"The months of {now:%Y} added up" in year
    assert re.search(r"Transit SPEED2 all 99.8% \S+% 100.000% 100.000% \d", year), year
    for wrong in ("1999x", "2999", "<script>"):
        assert see(pages, f"/levels?{urlencode({'year': wrong})}").status == 400


def post(pages: Pages, path: str, said: dict[str, str], who: str = OPERATOR) -> Seen:
    """A form of the console, with the token of whoever sends it."""
    cookie = pages.session(who, Platform.OPERATIONS)
    body = pages.ask("GET", HOST, "/calendar?text=x", cookie=cookie).body.partition('action="/kept-lists/keep"')[2]
    (token, *_) = re.findall(r'name="token" value="([^"]+)"', body)
    return pages.ask("POST", HOST, path, cookie=cookie, form=said | {"token": token}, sec_fetch_site="same-origin")


def test_a_list_is_narrowed_down_kept_found_again_and_forgotten(union: Union, pages: Pages) -> None:
    until(pages, "/lanes", f">{union.mrn}<")
    assert union.mrn in plain(see(pages, "/lanes?text=at+REST").body)
    assert "Nothing here holds all of these words." in plain(see(pages, "/lanes?text=at+zebra").body)
    fragment = see(pages, "/calendar?text=revocation").body
    assert "The certificate of" not in plain(fragment)
    assert "revocation list" in plain(fragment)
    said = {"path": "/calendar", "text": "revocation", "name": "Lists <of> Austria", "page": "/zebra"}
    kept = post(pages, "/kept-lists/keep", said)
    assert (kept.status, kept.headers["location"]) == (303, "/calendar?text=revocation")
    link = '<a href="/calendar?text=revocation">Lists &lt;of&gt; Austria</a>'
    assert link in see(pages, "/calendar").body
    assert link not in see(pages, "/levels").body
    assert "Lists" not in plain(post(pages, "/kept-lists/keep", said | {"path": "/find", "name": "x"}).body)
    deputy = pages.ask("GET", HOST, "/calendar", cookie=pages.session(DEPUTY.id, Platform.OPERATIONS)).body
    assert "Austria" not in plain(deputy), "another operator keeps his own"
    files = list((union.node.node.core.settings.data / "console" / "lists").iterdir())
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert OPERATOR not in files[0].name
    post(pages, "/kept-lists/forget", said)
    assert link not in see(pages, "/calendar").body


def test_what_is_no_list_of_the_console_is_not_kept(pages: Pages) -> None:
    for path in ("", "/", "/find", "//elsewhere.example", "/lanes?x=1"):
        assert post(pages, "/kept-lists/keep", {"path": path, "text": "x", "name": "x"}).status == 404
    assert post(pages, "/kept-lists/keep", {"path": "/lanes", "text": "x", "name": "  "}).status == 400


def test_nobody_but_an_operator_sees_it(pages: Pages) -> None:
    for path in PATHS:
        assert pages.ask("GET", HOST, path).status == 401
        for client, platform in (("trader.fr.lesquin", Platform.SPEED2), ("fr.officer", Platform.CCN2)):
            own = pages.session(client, platform).partition("=")[2]
            assert pages.ask("GET", HOST, path, cookie=f"douane-console={own}").status == 401
        for client in ("trader.fr.lesquin", "fr.officer", "commission.officer"):
            assert pages.ask("GET", HOST, path, cookie=pages.session(client, Platform.OPERATIONS)).status == 403
    for client in ("fr.officer", "commission.officer"):
        cookie = pages.session(client, Platform.OPERATIONS)
        for path in ("/aside/1f/release", "/aside/1f/discard", "/lane", "/maintenance"):
            assert pages.ask("POST", HOST, path, cookie=cookie, form={"reason": "x"}).status == 403


def test_a_message_set_aside_is_handled_again_once_with_a_reason_by_a_named_operator(
    union: Union, pages: Pages
) -> None:
    first = a_list("CL900", "A")
    publish(union, a_list("CL900", "A", "B", previous=first.version, at=2_000_000))
    place = re.findall(r'href="/aside/([0-9a-f]+)"', until(pages, "/aside", "/aside/"))[0]
    read = place_said(place)
    assert re.fullmatch(r"\d+/\d+", read)
    for path in ("/aside", f"/aside/{place}", f"/find?reference={read}", f"/find?reference={place}"):
        assert read in plain(see(pages, path).body), path
    assert f'href="/aside/{place}"' in see(pages, f"/find?reference={read}").body
    assert f">{place}<" not in see(pages, "/aside").body, "hexadecimal stands on the page of the message alone"
    body = see(pages, f"/aside/{place}").body
    assert f"In commands and logs {place}" in plain(body)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
    assert {"act", "token"} <= set(form)
    release = f"/aside/{place}/release"

    def post(**changed: str) -> Seen:
        cookie = pages.session(OPERATOR, Platform.OPERATIONS)
        return pages.ask("POST", HOST, release, cookie=cookie, form=form | changed, sec_fetch_site="same-origin")

    assert post(reason=" ").status == 422
    assert post(reason="x" * 501).status == 422
    assert post(reason="why", token="").status == 403
    failed = post(reason="let us see")
    assert failed.status == 422
    assert "It failed again" in failed.body
    publish(union, first)
    done = post(reason="the list that it waited for came", act="0" * 32)
    assert (done.status, done.headers["location"]) == (303, "/aside")
    again = post(reason="the list that it waited for came", act="0" * 32)
    assert again.status == 303, "its form sent twice does it once"
    assert post(reason="another act", act="0" * 32).status == 404, "by the same id, of what is set aside no more"
    assert see(pages, f"/aside/{place}").status == 404
    said = [msgspec.msgpack.decode(row, type=Announcement).text for row in rows(union, RowKind.INTERVENED)]
    reasons = [json.loads(each)["reason"] for each in said if "files.first" not in each]
    assert reasons == ["let us see", "the list that it waited for came"]


def poisoned(union: Union, pages: Pages, number: str) -> str:
    """The place of a message that cannot be handled."""
    publish(union, a_list(number, "A", "B", previous="0" * 64, at=2_000_000))
    found: str = re.findall(r'href="/aside/([0-9a-f]+)"', until(pages, "/aside", "/aside/"))[0]
    return found


def form_to_discard(pages: Pages, place: str, who: str) -> dict[str, str]:
    """The hidden fields of the form by which somebody discards a message, as its page has them now."""
    at = f"/aside/{place}"
    body = pages.ask("GET", HOST, at, cookie=pages.session(who, Platform.OPERATIONS)).body
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body.partition(f'"{at}/discard"')[2]))


def discard(pages: Pages, place: str, who: str, reason: str, form: dict[str, str] | None = None) -> Seen:
    """Send it, or one that was opened before."""
    sent = (form if form is not None else form_to_discard(pages, place, who)) | {"reason": reason}
    cookie = pages.session(who, Platform.OPERATIONS)
    return pages.ask("POST", HOST, f"/aside/{place}/discard", cookie=cookie, form=sent, sec_fetch_site="same-origin")


def agree(pages: Pages, who: str, page: str = "") -> list[int]:
    """Agree with what waits for a second person, as the page shows it now or showed it before."""
    cookie = pages.session(who, Platform.OPERATIONS)
    body = page or pages.ask("GET", HOST, "/proposed", cookie=cookie).body
    assert faults(body) == []
    came = []
    for form in body.split("<form")[1:]:
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0]))
        if "seen" in fields:
            sent = fields | {"reason": "I read it"}
            said = pages.ask("POST", HOST, "/proposed", cookie=cookie, form=sent, sec_fetch_site="same-origin")
            came.append(said.status)
    return came


def test_what_a_command_proposes_is_confirmed_by_whom_it_names_and_swapped_unseen_by_nobody(
    union: Union, pages: Pages
) -> None:
    """By shell and page: two persons see what would change, and another proposal voids what stood on the page."""
    register = union.node.identity.register
    data, file, before = str(register.parents[1]), register.with_name("proposed.toml"), register.read_text()

    def propose(text: str, code: int = 0, *named: str) -> str:
        file.write_text(text)
        command = ["client", "replace", str(file), "--reason", "tidying up", "--data", data, *named]
        whole = [str(Path(sys.executable).with_name("douane")), *command]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    assert "--as ACCOUNT" in propose(before + "# alone\n", 2)
    harmless = before.replace('id = "operator.card.1"', 'id = "operator.card.one"')
    said = propose(harmless, 0, "--as", NAME)
    assert "client operator.card.one is new." in said
    assert f"{NAME} has to confirm it" in said
    shown = pages.ask("GET", HOST, "/proposed", cookie=pages.session(DEPUTY.id, Platform.OPERATIONS)).body
    assert "who has to confirm it first" in plain(shown)
    assert agree(pages, DEPUTY.id) == []
    assert agree(pages, OPERATOR) == [303], "confirmed"
    read = pages.ask("GET", HOST, "/proposed", cookie=pages.session(DEPUTY.id, Platform.OPERATIONS)).body
    assert "client operator.card.one is new." in plain(read)
    propose(before.replace('id = "operator.card.2"', 'id = "evil"'), 0, "--as", NAME)
    assert agree(pages, DEPUTY.id, read) == [422], "what stood on the page stands there no more"
    assert register.read_text() == before
    assert agree(pages, OPERATOR) == [303]
    assert agree(pages, DEPUTY.id) == [303]
    assert 'id = "evil"' in register.read_text()
    propose(before, 0, "--as", NAME)
    assert (agree(pages, OPERATOR), agree(pages, DEPUTY.id)) == ([303], [303])
    assert register.read_text() == before


def test_nobody_discards_a_message_alone(union: Union, pages: Pages) -> None:
    place = poisoned(union, pages, "CL901")
    old = form_to_discard(pages, place, DEPUTY.id)
    assert discard(pages, place, OPERATOR, "").status == 422
    for reason in ("sent twice", "sent twice, indeed"):
        assert discard(pages, place, OPERATOR, reason).headers["location"] == f"/aside/{place}"
    said = plain(see(pages, f"/aside/{place}").body)
    assert f"by {NAME}: sent twice, indeed" in said
    assert "Propose to discard it" in said
    unseen = discard(pages, place, DEPUTY.id, "I would propose it", old)
    assert unseen.status == 422, "a form that was to propose agrees to nothing"
    assert "Somebody proposed it meanwhile" in unseen.body
    assert discard(pages, place, DEPUTY.id, "I see").headers["location"] == "/aside"
    assert see(pages, f"/aside/{place}").status == 404
    assert "discarded" in plain(see(pages, f"/find?{urlencode({'reference': place})}").body)


def test_a_person_with_two_clients_has_one_pair_of_eyes(union: Union, pages: Pages) -> None:
    place = poisoned(union, pages, "CL902")
    for client in CARDS:
        assert discard(pages, place, client.id, "sent twice").headers["location"] == f"/aside/{place}"
    said = plain(see(pages, f"/aside/{place}").body)
    assert f"by {ANNA}: sent twice" in said
    assert discard(pages, place, DEPUTY.id, "I see").headers["location"] == "/aside"


def test_many_messages_are_handled_or_discarded_after_a_page_that_says_which(union: Union, pages: Pages) -> None:
    """What is set aside after the page was shown is not touched; each has its act; nobody discards alone."""
    numbers = ("CL910", "CL911", "CL912")
    for number in numbers:
        publish(union, a_list(number, "A", "B", previous="0" * 64, at=2_000_000))
    until(pages, "/aside", "/many?class=")
    while (body := see(pages, "/aside").body).count('href="/aside/') < len(numbers):
        time.sleep(0.2)
    (at,) = set(re.findall(r'href="(/many\?class=[^"]+)"', body))

    def shown(who: str) -> dict[str, str]:
        body = pages.ask("GET", HOST, at, cookie=pages.session(who, Platform.OPERATIONS)).body
        assert faults(body) == []
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))

    def post(who: str, form: dict[str, str], **changed: str) -> Seen:
        cookie = pages.session(who, Platform.OPERATIONS)
        return pages.ask("POST", HOST, "/many", cookie=cookie, form=form | changed, sec_fetch_site="same-origin")

    form, stale = shown(OPERATOR), shown(DEPUTY.id)
    assert len(form["places"].split()) == len(numbers)
    publish(union, a_list("CL913", "A", "B", previous="0" * 64, at=2_000_000))
    assert post(OPERATOR, form, deed="message.discard", reason=" ").status == 422
    assert post(OPERATOR, form, deed="lane.drop", reason="why").status == 400
    assert post(OPERATOR, form, deed="message.discard", reason="why", places="1f " * 101).status == 400
    assert post("publisher.eu", form, deed="message.discard", reason="why").status == 403
    for _ in range(2):
        said = plain(post(OPERATOR, form, deed="message.discard", reason="a test of ours").body)
        assert said.count("proposed") == len(numbers), "its form sent twice, too"
    unseen = plain(post(DEPUTY.id, stale, deed="message.discard", reason="I would propose it").body)
    assert unseen.count("It changed since this page was made") == len(numbers), "nobody agrees to what he did not see"
    assert post(DEPUTY.id, stale, deed="message.discard", reason="why", seen="").status == 400
    again = shown(DEPUTY.id)
    mine = plain(see(pages, at).body)
    assert "Somebody else proposed to discard 0" in mine
    assert len(again["places"].split()) == len(numbers) + 1
    said = plain(post(DEPUTY.id, again, deed="message.discard", reason="I see").body)
    assert (said.count("discarded"), said.count("proposed")) == (len(numbers), 1)
    gone = plain(post(OPERATOR, form, deed="message.release", reason="too late", act="f" * 32).body)
    assert gone.count("No message is set aside") == len(numbers)
    left = shown(OPERATOR)
    assert "set aside again" in plain(post(OPERATOR, left, deed="message.release", reason="let us see").body)
    (place,) = left["places"].split()
    said = plain(post(OPERATOR, shown(OPERATOR), deed="message.discard", reason="enough").body)
    assert said.count("proposed") == 1, "it was tried once more since it was proposed: that proposal is void"
    post(DEPUTY.id, shown(DEPUTY.id), deed="message.discard", reason="enough")
    assert see(pages, f"/aside/{place}").status == 404
    asked = [json.loads(msgspec.msgpack.decode(row, type=Announcement).text) for row in rows(union, RowKind.INTERVENED)]
    ours = [each for each in asked if each["reason"] == "a test of ours"]
    assert {each["on"] for each in ours} == set(form["places"].split())
    assert len(ours) == len({each["id"] for each in ours}) == len(numbers)


def test_a_lane_is_paused_and_goes_on_and_a_message_is_dropped(union: Union, pages: Pages) -> None:
    (at,) = set(re.findall(r'href="(/lane\?name=[^"]+)"', until(pages, "/lanes", "/lane?name=")))

    def act(deed: str, reason: str = "it was agreed", **changed: str) -> Seen:
        cookie = pages.session(OPERATOR, Platform.OPERATIONS)
        body = pages.ask("GET", HOST, at, cookie=cookie).body.partition('action="/lane"')[2]
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
        form |= {"reason": reason, "deed": deed} | changed
        return pages.ask("POST", HOST, "/lane", cookie=cookie, form=form, sec_fetch_site="same-origin")

    assert act("lane.pause", "").status == 422
    assert act("lane.burn").status == 404
    assert act("lane.pause", token="").status == 403
    assert act("lane.pause", "AT asked for it").headers["location"] == "/lanes"
    assert f"{NAME}: AT asked for it" in plain(see(pages, at).body)
    assert f"paused by {NAME}: AT asked for it" in plain(see(pages, "/lanes").body)
    lanes = union.node.node.lanes
    assert lanes is not None
    (name,) = lanes.paused
    before = lanes.lanes[name].attempts
    time.sleep(1.5)
    assert lanes.lanes[name].attempts == before, "a paused lane is not tried"
    assert act("lane.resume").headers["location"] == "/lanes"
    assert "Pause it" in plain(see(pages, at).body)
    assert act("lane.resume").status == 422
    first = dict(re.findall(r'name="(first)" value="([^"]*)"', see(pages, at).body))["first"]
    assert act("lane.drop", first="out:1").status == 422
    assert act("lane.set_aside", "AT fails on it").headers["location"] == "/lanes"
    assert f"Taken out of the lane {first}" in plain(see(pages, at).body)
    assert act("lane.put_back", "AT is mended").headers["location"] == "/lanes"
    assert act("lane.drop", "AT had it by telephone").headers["location"] == "/proposed"
    assert agree(pages, OPERATOR) == [], "nobody agrees with himself"
    assert agree(pages, DEPUTY.id) == [303]
    body = plain(see(pages, f"/find?{urlencode({'reference': first})}").body)
    assert "dropped by two operators: AT had it by telephone" in body
    asked = [json.loads(msgspec.msgpack.decode(row, type=Announcement).text) for row in rows(union, RowKind.INTERVENED)]
    assert [each["act"] for each in asked if each["act"].startswith("lane.")] == [
        "lane.pause", "lane.resume", "lane.set_aside", "lane.put_back", "lane.drop", "lane.drop",
    ]  # fmt: skip
    log = (union.node.identity.folder.parent / "node.log").read_text()
    assert log.count('"operator.acted","operation":"lane.drop"') == 2


def publish(union: Union, version: msgspec.Struct) -> None:
    """Send a version of a list through the door."""
    to, json_type = "/reference_data/v1/publish", {"content-type": "application/json"}
    answer = union.node.client("ccn2", PUBLISHER.id).ask("POST", to, msgspec.json.encode(version), json_type)
    assert answer.status == 202, answer.body


def test_a_service_is_let_rest_and_goes_on_with_a_reason_by_a_named_operator(union: Union, pages: Pages) -> None:
    def post(deed: str, **said: str) -> Seen:
        body = see(pages, "/maintenance").body
        hidden = [dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
                  for form in body.split("<form")[1:]]  # fmt: skip
        form = next(each for each in hidden if each.get("deed") == deed)
        cookie = pages.session(OPERATOR, Platform.OPERATIONS)
        return pages.ask("POST", HOST, "/maintenance", cookie=cookie, form=form | said, sec_fetch_site="same-origin")

    rest = {"service": "case_files", "circle": "untrusted", "minutes": "20", "reason": "new rules"}
    begin = "maintenance.begin"
    assert post(begin, **rest | {"reason": ""}).status == 422
    assert post(begin, **rest | {"minutes": "x"}).status == 422
    assert post(begin, **rest | {"minutes": "44641"}).status == 422
    assert post(begin, **rest | {"service": "nothing"}).status == 422
    assert post(begin, **rest | {"circle": "internal"}).status == 422
    assert post(begin, **rest, token="").status == 403
    assert post(begin, **rest).headers["location"] == "/maintenance"
    said = plain(see(pages, "/maintenance").body)
    assert f"{NAME}: new rules" in said
    assert "means other than electronic ones" in said
    assert "außer Betrieb" in said
    end = time.monotonic() + 10
    trader = pages.session("trader.fr.lesquin", Platform.SPEED2)
    while (
        "means other than electronic ones"
        not in (told := pages.ask("GET", HOSTS["portal"], "/cases", cookie=trader)).body
    ):
        assert time.monotonic() < end, told.body
        time.sleep(0.2)
    assert (told.status, told.headers["retry-after"].isdecimal()) == (503, True)
    assert post("maintenance.end", reason="done").headers["location"] == "/maintenance"
    assert "Nothing rests" in plain(see(pages, "/maintenance").body)


ACT = {"reason": "why", "act": "0" * 31 + "9"}
FORMS = {
    "/maintenance": ACT | {"deed": "maintenance.begin", "service": "case_files", "circle": "trusted", "minutes": "5"},
    "/maintenance?": ACT | {"deed": "maintenance.end", "on": "case_files@trusted"},
    "/lane": ACT | {"deed": "lane.drop", "name": "rest:AT", "first": "out:0"},
    "/many": ACT | {"deed": "message.release", "class": "x", "places": "1f", "seen": "x"},
    "/aside/1f/release": ACT, "/aside/1f/discard": ACT | {"seen": ""},
    "/kept-lists/keep": {"path": "/lanes", "text": "x", "name": "x"}, "/kept-lists/forget": {"path": "/x", "text": "x"},
}  # fmt: skip
"""Every form of the console, filled in as its page would."""


@pytest.mark.parametrize("path", FORMS)
def test_nonsense_in_any_field_of_any_form_does_nothing_and_breaks_nothing(
    union: Union, pages: Pages, path: str
) -> None:
    before = len(rows(union, RowKind.INTERVENED))
    for name in FORMS[path]:
        for word in WORDS:
            if (name, word) == ("circle", "") or name == "act" or (name == "reason" and word):
                continue  # for everybody, an act anew, and any words as a reason: that is what it says
            answer = post(pages, path, FORMS[path] | {name: word})
            assert answer.status in (303, 400, 403, 404, 409, 422) or path == "/many", (name, word, answer.status)
            assert answer.status < 500, (name, word)
    assert len(rows(union, RowKind.INTERVENED)) == before
    assert "Nothing rests" in plain(see(pages, "/maintenance").body)


def rows(union: Union, kind: RowKind) -> list[bytes]:
    """What rows of a kind hold, as the journal of the node keeps them."""
    found = union.node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)
    return [row.content.octets for _, raw in found if (row := JOURNAL.read(raw)).kind is kind]
