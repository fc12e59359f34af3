"""A service is moved between platforms on a page: first what it would take from whom, then by its owner alone."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind, Platform
from douane.pages.tests.linting import faults
from douane.trust.demo import DemoClient
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.visitor import Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
PATH, BACK = "/provision/moves", "/provision/moves/back"
SITES = {"portal": Platform.SPEED2, "desk": Platform.CCN2, "centre": Platform.CDCO}
COLLEAGUE = DemoClient(
    "eu.colleague", ActorKind.COMMISSION, administration="EU", roles=frozenset({"process expert"}),
)  # fmt: skip
TOMORROW = f"{dt.datetime.now(dt.UTC) + dt.timedelta(days=1):%Y-%m-%dT%H:%M}"
MOVE = {"what": "bti", "leaves": "ccn2", "enters": "cdco", "since": TOMORROW}
SAID = {"decided_by": "Head of unit", "reason": "Inside", "confirm": ""}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("moving")
    with standing(folder, identity_in(folder, (COLLEAGUE,)), pages=PagesAt(port=0), limits=GENEROUS) as found:
        yield found


def visiting(node: Standing, client: str, site: str) -> tuple[Visitor, str]:
    pages = node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
    name = pages.sessions.enter(SITES[site], pages.sessions.invite(client, SITES[site])).name
    visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
    return visitor, url


def asked(node: Standing, client: str, site: str, **said: str) -> tuple[Visitor, Seen]:
    """The page with a preview."""
    visitor, url = visiting(node, client, site)
    page = visitor.send(visitor.get(url + PATH), PATH, **(MOVE | said))
    assert page.status == 200, page.text
    assert faults(page.body) == []
    return visitor, page


def moves(node: Standing) -> list[str]:
    visitor, url = visiting(node, "commission.officer", "centre")
    return re.findall(r"(programme\.[a-z_]+) CCN2 the CDCO desk", visitor.get(f"{url}/provision").text)


def confirm(visitor: Visitor, page: Seen, **said: str) -> Seen:
    """Send the form that moves, which stands after the one that asks."""
    _, action, hidden, _ = next(each for each in page.forms if each[0] == "post" and each[1] == PATH)
    at = page.url.partition(PATH)[0]
    return visitor._followed(visitor.ask("POST", at + action, hidden | said, sec_fetch_site="same-origin"), "")


def decides(page: Seen) -> bool:
    return any(method == "post" and action == PATH for method, action, _, _ in page.forms)


def test_an_owner_sees_from_whom_it_is_taken_and_moves_it_with_a_confirmation(node: Standing) -> None:
    what = "programme.judge"
    visitor, page = asked(node, "commission.officer", "centre", what=what)
    assert "commission CCN2 the CDCO desk 1 operation programme.judge" in page.text
    assert decides(page)
    said = SAID | {"what": what}
    for wrong in ({"confirm": "programme"}, {"confirm": what, "decided_by": "x"}, {"confirm": what, "reason": " "},
                  {"confirm": what, "seen": "0" * 16}, {"confirm": what, "since": "2020-01-01T00:00"},
                  {"confirm": what, "since": "nonsense"}, {"confirm": what, "enters": "uumds"},
                  {"confirm": what, "leaves": "<b>"}, {"confirm": what, "what": "x" * 300}):  # fmt: skip
        refused = confirm(visitor, page, **(said | wrong))
        assert refused.status == 422, wrong
        assert faults(refused.body) == []
    assert moves(node) == []
    done = confirm(visitor, page, **said | {"confirm": what})
    assert done.status == 200
    assert "It is decided." in done.text
    assert confirm(visitor, page, **said | {"confirm": what}).status in (200, 422), "twice does it once"
    assert eventually(lambda: moves(node) == [what])


def test_an_owner_takes_back_what_has_not_begun_on_the_same_page(node: Standing) -> None:
    what = "programme.state_case"
    visitor, page = asked(node, "commission.officer", "centre", what=what)
    assert confirm(visitor, page, **SAID | {"what": what, "confirm": what}).status == 200
    visitor, url = visiting(node, "commission.officer", "centre")
    assert eventually(lambda: what in moves(node))
    page = visitor.get(url + PATH)
    assert f"{what}: CCN2 to the CDCO desk, from " in page.text
    form = next(hidden for method, action, hidden, _ in page.forms if action == BACK and hidden["what"] == what)
    for wrong in (
        {"since": "nonsense"},
        {"decided_by": ""},
        {"reason": " "},
        {"what": "programme.nothing"},
        {"what": "<b>"},
    ):
        said = form | {"since": TOMORROW, "decided_by": "Head of unit", "reason": "Too early"} | wrong
        refused = visitor.ask("POST", url + BACK, said, sec_fetch_site="same-origin")
        assert refused.status == 422, wrong
        assert faults(refused.body) == []
    _, theirs = asked(node, "eu.colleague", "centre", what=what)
    assert all(action != BACK for _, action, _, _ in theirs.forms), "a colleague without the role"
    other, at = visiting(node, "de.officer", "desk")
    token = re.findall(r'name="token" value="([^"]+)"', other.get(at + PATH).body)[0]
    stolen = form | {"token": token, "since": TOMORROW, "decided_by": "Head of unit", "reason": "x"}
    assert other.ask("POST", at + BACK, stolen, sec_fetch_site="same-origin").status in (403, 404, 422)
    assert what in moves(node)
    said = form | {"since": TOMORROW, "decided_by": "Head of unit", "reason": "Too early"}
    done = visitor._followed(visitor.ask("POST", url + BACK, said, sec_fetch_site="same-origin"), "")
    assert "It is decided." in done.text
    assert eventually(lambda: what not in moves(node))


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes about within ten seconds."""
    end = time.monotonic() + 10
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("language", ["fr", "de", "el"])
def test_the_page_is_sound_in_every_language(node: Standing, language: str) -> None:
    visitor, url = visiting(node, "commission.officer", "centre")
    queries = (
        "", "?what=transit&leaves=ccn_csi&enters=ccn2&since=2030-01-01T00:00",
        "?what=%00%3Cb%3E&leaves=x&enters=&since=y", "?what=transit&leaves=ccn2&enters=speed2&since=9",
        "?what=%3Cb%3E&leaves=ccn2&enters=ccn2&since=2030-01-01T00:00",
    )  # fmt: skip
    for query in queries:
        page = visitor.ask("GET", f"{url}{PATH}{query}", accept_language=language)
        assert page.status == 200, query
        assert faults(page.body) == []


def test_what_would_be_refused_says_why_and_cannot_be_confirmed(node: Standing) -> None:
    _, page = asked(node, "commission.officer", "centre", what="transit", leaves="ccn2", enters="speed2")
    assert "It would be refused" in page.text
    assert not decides(page)


@pytest.mark.parametrize(
    ("client", "site", "sees"),
    [("eu.colleague", "centre", True), ("de.officer", "desk", True), ("trader.fr.lesquin", "portal", False)],
)
def test_who_is_no_owner_sees_what_it_would_change_and_moves_nothing(
    node: Standing, client: str, site: str, sees: bool
) -> None:
    """A colleague without the role, an officer of another administration, a trader."""
    before = moves(node)
    visitor, url = visiting(node, client, site)
    form = MOVE | SAID | {"what": "programme.move_gate", "confirm": "programme.move_gate"}
    if sees:
        _, page = asked(node, client, site, what="programme.move_gate")
        assert "programme.move_gate" in page.text
        assert not decides(page)
        token = re.findall(r'name="token" value="([^"]+)"', page.body)[0]
        sent = visitor.ask("POST", url + PATH, form | {"token": token}, sec_fetch_site="same-origin")
        assert sent.status in (403, 404, 422)
    else:
        assert visitor.get(url + PATH).status == 404
        assert visitor.ask("POST", url + PATH, form, sec_fetch_site="same-origin").status in (403, 404)
    assert moves(node) == before
