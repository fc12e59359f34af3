"""One act in several cases: previewed without an effect, done once, and in nobody's case that is not his."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import EXAMPLES, JSON, Union
from tests.pages.visitor import Seen, Visitor
from tests.rights.scene import CLIENTS, HERE, NEIGHBOUR, OFFICER, TRAINEE, UNPLACED, Scene, Who

pytestmark = pytest.mark.timeout(180)

DECIDE, CLAIM = "/together/decide-control", "/together/claim-task"
SATISFIED = {"satisfactory": "true", "described": "false", "remarks": "Seen."}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("together")
    with standing(folder, identity_in(folder, CLIENTS), pages=PagesAt(port=0), limits=GENEROUS) as made:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes().replace(b"100000.00", b"9000000.00")
        assert made.client("ccn2", "fr.officer").ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield made


@pytest.fixture(scope="module")
def scenes(node: Standing) -> list[Scene]:
    """Three movements under control at Lesquin, and three that are released."""
    made = [Scene(node, Union(node)) for _ in range(3)]
    for each in made:
        each.prepare()
    return made


class Desk:
    """Somebody at the officers' desk."""

    def __init__(self, node: Standing, who: Who) -> None:
        pages = node.node.pages
        assert pages is not None
        self.url = pages.url("desk").rstrip("/")
        self.browser = Visitor(pages.port)
        name = pages.sessions.enter(Platform.CCN2, pages.sessions.invite(who.client, Platform.CCN2)).name
        self.browser.jar[urlsplit(self.url).hostname or ""] = {"douane-desk": name}

    def get(self, path: str) -> Seen:
        return self.browser.get(self.url + path)

    def post(self, path: str, **form: str) -> Seen:
        """As a page sends it that shows a form."""
        token = self.get("/tasks").body.partition('name="token" value="')[2].partition('"')[0]
        sent = self.browser.ask("POST", self.url + path, {"token": token, **form}, sec_fetch_site="same-origin")
        return self.browser._followed(sent, "")


def state(scene: Scene) -> str:
    found: str = scene.ask(OFFICER, "case_files.show", reference=scene.held).json["line"]["state"]
    return found


def cases(*scenes: Scene) -> dict[str, str]:
    """The ticks of their cases."""
    found = {}
    for each in scenes:
        shown = each.ask(OFFICER, "case_files.show", reference=each.held).json
        found[f"case-{shown['line']['case']}"] = "yes"
    return found


def test_an_act_is_shown_before_it_is_done_and_done_once(node: Standing, scenes: list[Scene]) -> None:
    desk, (first, second, third) = Desk(node, HERE), scenes
    told = desk.get("/together/waiting").body
    assert told.endswith("new")
    assert int(told.split()[0].rstrip("+")) >= 3
    assert 'href="/together"' in desk.get("/tasks").body
    chosen = desk.get("/together?act=decide-control")
    assert all(each.held in chosen.text for each in scenes)
    assert faults(chosen.body) == []
    none = desk.post(f"{DECIDE}/preview", **SATISFIED)
    assert none.status == 422
    assert "Choose at least one case" in none.text
    picked = cases(first, second) | {f"case-{first.case}": "yes", "case-00000000000000aa": "yes"}
    preview = desk.post(f"{DECIDE}/preview", **SATISFIED, **picked)
    assert faults(preview.body) == []
    assert preview.text.count("would be done") == 2
    assert "The case does not wait for this" in preview.text, "the released one"
    assert "No case of yours is known" in preview.text
    assert "Nothing is done yet" in preview.text
    assert [state(each) for each in scenes] == ["under control"] * 3, "a preview changes nothing"
    done = desk.browser.send(preview, f"{DECIDE}/done")
    assert "/together/done?" in done.url
    for _ in range(40):
        if done.text.count("recorded") == 2:
            break
        done = desk.browser.get(done.url)
    assert done.text.count("recorded") == 2
    assert (state(first), state(second), state(third)) == ("released", "released", "under control")
    again = desk.browser.send(preview, f"{DECIDE}/done")
    assert "recorded" not in again.text or again.url == done.url, "sent twice, done once"
    assert desk.browser.get(done.url).text.count("recorded") == 2
    other = Desk(node, OFFICER).get(done.url.removeprefix(desk.url))
    assert "Nothing of yours was sent here." in other.text


@pytest.mark.parametrize("who", [NEIGHBOUR, UNPLACED, TRAINEE], ids=lambda each: each.client)
def test_nobody_sees_or_does_anything_in_a_case_that_is_not_his(
    node: Standing, scenes: list[Scene], who: Who
) -> None:  # fmt: skip
    desk, third = Desk(node, who), scenes[2]
    assert desk.get("/together/waiting").body == ""
    assert third.held not in desk.get("/together?act=decide-control").body
    for step in ("preview", "done"):
        for path in (DECIDE, CLAIM):
            seen = desk.post(f"{path}/{step}", **SATISFIED, **cases(third))
            assert third.held not in seen.body
            assert "would be done" not in seen.text
            assert "recorded" not in seen.text
    assert state(third) == "under control"


def test_a_task_that_a_colleague_took_is_not_done_with_others(node: Standing, scenes: list[Scene]) -> None:
    here, chief, third = Desk(node, HERE), Desk(node, OFFICER), scenes[2]
    preview = chief.post(f"{CLAIM}/preview", **cases(third))
    assert preview.text.count("would be done") == 1
    chief.browser.send(preview, f"{CLAIM}/done")
    for _ in range(40):
        if third.held not in here.get("/together?act=decide-control").body:
            break
    assert third.held not in here.get("/together?act=decide-control").body
    refused = here.post(f"{DECIDE}/done", **SATISFIED, **cases(third))
    assert "would be done" not in refused.text
    assert state(third) == "under control"


def test_a_form_of_another_site_does_nothing(node: Standing, scenes: list[Scene]) -> None:
    desk = Desk(node, OFFICER)
    form = {**SATISFIED, **cases(scenes[2])}
    sent = desk.browser.ask("POST", f"{desk.url}{DECIDE}/done", form, sec_fetch_site="cross-site")
    assert sent.status == 403
    assert state(scenes[2]) == "under control"
