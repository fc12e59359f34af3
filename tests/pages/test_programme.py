"""The programme at a node that runs: roles judge and plan by forms without scripts, and everybody else is refused."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import JSON
from tests.pages.visitor import Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SITES = {"portal": Platform.SPEED2, "desk": Platform.CCN2, "centre": Platform.CDCO}
IMPORT = "/programme/projects/Import"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("programme")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as found:
        yield found


def visiting(node: Standing, client: str, site: str) -> tuple[Visitor, str]:
    """A browser of a client at a site, and the address of the site."""
    pages = node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
    name = pages.sessions.enter(SITES[site], pages.sessions.invite(client, SITES[site])).name
    visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
    return visitor, url


def actions(seen: Seen) -> set[str]:
    return {action for method, action, _, _ in seen.forms if method == "post" and action.startswith("/programme")}


def test_an_architect_gives_a_score_by_a_form_and_the_order_follows(node: Standing) -> None:
    visitor, url = visiting(node, "commission.officer", "centre")
    page = visitor.get(url + IMPORT)
    assert actions(page) == {f"{IMPORT}/judge", f"{IMPORT}/move-gate"}
    said = {"criterion": "business case", "value": "0"}
    refused = visitor.send(page, f"{IMPORT}/judge", **said, reason="   ")
    assert refused.status == 422
    assert 'aria-invalid="true"' in refused.body
    assert "What roles said" not in visitor.get(url + IMPORT).text
    many = visitor.send(page, f"{IMPORT}/judge", **said | {"value": "7"}, reason="So it is.")
    assert "What roles said" not in many.text
    done = visitor.send(page, f"{IMPORT}/judge", **said, reason="A shared system costs more.")
    assert "It is recorded." in done.text
    assert "A shared system costs more." in visitor.get(url + IMPORT).text
    road = node.client("ccn2", "fr.officer").ask("POST", "/programme/v1/roadmap", b"{}", JSON).json
    (line,) = (each for each in road["order"] if each["project"] == "Import")
    assert ("business case", 0, "business architect") in {(e["criterion"], e["value"], e["by"]) for e in line["scores"]}


def test_a_slip_by_a_form_names_whom_it_holds_up(node: Standing) -> None:
    visitor, url = visiting(node, "commission.officer", "centre")
    page = visitor.get(url + IMPORT)
    seen = visitor.send(page, f"{IMPORT}/move-gate", gate="deployment window", day="2028-06-01", reason="Payment.")
    assert "It opens later than it was declared" in seen.text
    assert "CCI" in seen.text
    assert "held up by Import until" in visitor.get(f"{url}/programme").text


@pytest.mark.parametrize("client", ["fr.officer", "de.officer"])
def test_who_has_no_role_is_shown_no_form_and_is_refused(node: Standing, client: str) -> None:
    visitor, url = visiting(node, client, "desk")
    page = visitor.get(url + IMPORT)
    assert page.status == 200
    assert actions(page) == set()
    parts = {"criterion": "business case", "value": "4", "reason": "For us."}
    sent = visitor.ask("POST", f"{url}{IMPORT}/judge", parts, sec_fetch_site="same-origin")
    assert sent.status in (403, 404)
    body = json.dumps({"project": "Import", "criterion": "business case", "value": 4, "reason": "For us."}).encode()
    answer = node.client("ccn2", client).ask("POST", "/programme/v1/judge", body, JSON)
    assert answer.status in (403, 404)


def test_the_system_of_the_commission_has_no_role_either(node: Standing) -> None:
    body = json.dumps({"project": "Import", "criterion": "business case", "value": 4, "reason": "For us."}).encode()
    assert node.client("ccn2", "commission.system").ask("POST", "/programme/v1/judge", body, JSON).status == 403
    visitor, url = visiting(node, "commission.officer", "centre")
    assert "For us." not in visitor.get(url + IMPORT).text


PERMITS = {"owner": "DE", "service": "permits", "version": 1}


def told(node: Standing, client: str, operation: str, **message: object) -> int:
    body = json.dumps(PERMITS | message).encode()
    return node.client("ccn2", client).ask("POST", f"/service_bus/v1/{operation}", body, JSON).status


def test_trade_answers_a_consultation_by_a_form_and_administrations_see_it(node: Standing) -> None:
    review = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3_000)).isoformat()
    forward = {"purpose": "Permits are checked once.", "answers_for": "head of licensing", "review": review}
    assert told(node, "fr.system", "put_forward", **forward) in (202, 403), "a stranger"
    assert told(node, "de.system", "put_forward", **forward) == 202
    asked = {"step": "agreed", "question": "Does it fit?", "until": review, "trade": True}
    assert told(node, "de.system", "consult", **asked) == 202
    trader, portal = visiting(node, "trader.fr.lesquin", "portal")
    at = "/service-consultations/DE/permits/1/1"
    page = trader.get(f"{portal}{at}")
    for _ in range(100):
        if "Does it fit?" in page.text:
            break
        time.sleep(0.05)
        page = trader.get(f"{portal}{at}")
    assert at in trader.get(f"{portal}/service-consultations").body
    refused = trader.send(page, f"{at}/answer-consultation", agrees="true", text="")
    assert refused.status == 422
    done = trader.send(page, f"{at}/answer-consultation", agrees="true", text="Less paper for us.")
    assert "Your answer is recorded." in done.text
    desk, url = visiting(node, "fr.officer", "desk")
    seen = desk.get(f"{url}/governance").text
    assert "Less paper for us." in seen
    assert "candidate" in seen
    assert trader.ask("GET", f"{portal}/governance").status in (403, 404)
    late = {"round": 2, "agrees": True, "text": "Too late."}
    assert told(node, "fr.system", "answer_consultation", **late) == 202
    assert "Too late." not in desk.get(f"{url}/governance").text
