"""A node of an administration is stopped by the button of the start page: who is silent is told everywhere, and exactly
the cases that wait for it; it is over when the node is started again. A trader who seldom reads raises nothing."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.assembly.pages.sites import HOSTS
from douane.cli.main import main
from douane.configuration import discovery
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.portal.start import Breakable
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring.rules import rules
from douane.simulator import nations as nations_of
from douane.simulator.nations import NationalNode, NationalSettings, nations
from tests.circles.test_pages import Pages
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.test_workers import with_lrn
from tests.pages.union import DECLARATION, EXAMPLES, JSON, OFFICER, TRADER, XML

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
NOTICED, STARTED = 30.0, 90.0
"""Seconds: of the requirement, and what a process may take to start."""
LRNS = ("SILENCE0001", "SILENCE0002", "SILENCE0003")
OPERATOR = "operator"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("silence")
    ways: dict[str, Any] = {"pages": PagesAt(port=0), "limits": GENEROUS, "elsewhere": frozenset({"DE"})}
    with standing(folder, identity_in(folder), **ways) as node:
        officer = node.client("ccn2", OFFICER)
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield node


def says(centre: Standing, *words: str) -> Any:
    """What a command says for programs."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        main([*words, "--json", "--data", str(centre.node.core.settings.data)])
    return json.loads(said.getvalue())


def lodged(centre: Standing, lrn: str) -> None:
    answer = centre.client("speed2", TRADER).ask("POST", "/v1/messages", with_lrn(DECLARATION, lrn), XML)
    assert answer.status == 202, answer.body


def cases(centre: Standing) -> set[str]:
    """The numbers of the three cases, by the timeline."""
    return {case["case"] for lrn in LRNS for case in says(centre, "timeline", lrn)}


def hit(centre: Standing) -> set[str]:
    return {each["case"] for each in says(centre, "message", "hit")}


def within(what: str, holds: Callable[[], object], seconds: float = NOTICED) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.2)


def metrics(centre: Standing) -> str:
    return centre.client("operations", OPERATOR).ask("GET", "/metrics").body.decode()


def value(centre: Standing, name: str, label: str) -> float:
    found = re.search(rf"^{name}\{{{re.escape(label)}\}} (\S+)$", metrics(centre), re.MULTILINE)
    return float(found[1]) if found else -1.0


def told(centre: Standing, event: Event) -> list[dict[str, Any]]:
    lines = (centre.node.core.settings.data / "node.log").read_text().splitlines()
    return [line for line in map(json.loads, lines) if line["event"] == event.value]


def overview(pages: Pages) -> str:
    cookie = pages.session(OPERATOR, Platform.OPERATIONS)
    return pages.ask("GET", HOSTS["console"], "/?part=node", cookie=cookie).body


def card(body: str, name: str) -> str:
    """The words of a card of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.partition(f'id="h-{name}"')[2].partition("</section>")[0]))


def ready_notes(centre: Standing) -> dict[str, str]:
    found = centre.client("operations", OPERATOR).ask("GET", "/health/ready").json
    return dict(found.get("notes", {}))


def button(pages: Pages, name: str, *, works: bool) -> int:
    """Press a button of *Break something*."""
    host = HOSTS["start"]
    form = {"name": name, "works": "yes" if works else "no", "token": pages.token(host, "/", "")}
    return pages.ask("POST", host, "/switch", form=form, sec_fetch_site="same-origin").status


def is_silent(centre: Standing, pages: Pages) -> None:
    """Every face of the node says the same within the time."""
    ours = cases(centre)
    assert len(ours) == 3
    within("metric", lambda: value(centre, "douane_silent_seconds", 'party="DE"') > 0)
    assert value(centre, "douane_inbox_oldest_seconds", 'party="DE"') > 0
    assert value(centre, "douane_inbox_messages", 'party="DE"') == 3
    within("message hit", lambda: hit(centre) == ours)
    assert {each["on"] for each in says(centre, "message", "hit")} == {"NTA.DE"}
    (lane,) = says(centre, "lane", "list")
    assert (lane["lane"], lane["waiting"], set(lane["cases"])) == ("inbox:NTA.DE", 3, ours)
    assert re.fullmatch(r"DE, silent since \d{4}-\d\d-\d\d \d\d:\d\d, 3 messages, 3 cases", lane["reason"])
    within("event", lambda: told(centre, Event.PARTY_SILENT))
    assert told(centre, Event.PARTY_SILENT)[-1]["partner"] == "DE"
    failing = card(overview(pages), "failing")
    assert re.search(r"DE silent since .*, 3 messages, 3 cases", failing), failing
    assert all(each["known_as"] in failing for each in says(centre, "message", "hit"))
    assert "everything works" not in overview(pages)
    assert "DE, silent since" in ready_notes(centre)["silent"]
    seen = centre.client("ccn2", OFFICER).ask("POST", "/availability/v1/show", b"{}", JSON).json
    (load,) = [each for each in seen["loads"] if each["country"] == "DE"]
    assert load["waiting"] == 3
    assert load["silent_since"]


def is_over(centre: Standing, pages: Pages) -> None:
    within("nothing waits", lambda: says(centre, "lane", "list") == [], STARTED)
    within("no case is hit", lambda: hit(centre) == set())
    within("metric is over", lambda: value(centre, "douane_silent_seconds", 'party="DE"') == 0)
    within("event of the end", lambda: told(centre, Event.PARTY_BACK))
    assert "silent" not in ready_notes(centre)
    assert "Every partner took what was sent" in card(overview(pages), "failing")


def stopped_and_started(pages: Pages, own: dict[str, NationalNode], loop: asyncio.AbstractEventLoop) -> None:
    """Let the start page stop and start what was started here, as ``make run`` does."""

    async def switch(name: str, works: bool) -> None:
        node = own[name]
        doing = asyncio.run_coroutine_threadsafe(node.again(1) if works else node.stop(), loop)
        await asyncio.wrap_future(doing)

    made = pages.node.node.pages
    assert made is not None
    made.moving.parts = lambda: [Breakable(code, f"the node of {code}", node.works) for code, node in own.items()]
    made.moving.switching = switch


def test_stopping_a_node_names_exactly_its_cases_everywhere_and_starting_it_ends_that(
    centre: Standing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nations_of, "AGAIN_SECONDS", 2 * STARTED)  # other tests want the processor, too
    pages = Pages(centre, patience=STARTED)
    settings = NationalSettings(
        "DE", tmp_path / "de", centre.node.url("ccn2"), centre.identity.folder.resolve(), {"ccn2": 0}, 1
    )

    def play(scraped: list[str]) -> None:
        within("DE is heard", lambda: value(centre, "douane_heard_seconds", 'administration="DE"') > 0, STARTED)
        lodged(centre, "BEFORE0001")
        within("DE collects", lambda: says(centre, "timeline", "BEFORE0001") and hit(centre) == set())
        assert button(pages, "DE", works=False) == 303
        for lrn in LRNS:
            lodged(centre, lrn)
        is_silent(centre, pages)
        scraped.append(metrics(centre))
        with contextlib.suppress(
            TimeoutError
        ):  # it answers once the node is up, which may take longer than a visitor has
            assert button(pages, "DE", works=True) == 303
        is_over(centre, pages)
        scraped.append(metrics(centre))

    async def played() -> list[str]:
        scraped: list[str] = []
        async with nations([settings]) as own:
            stopped_and_started(pages, own, asyncio.get_running_loop())
            await asyncio.to_thread(play, scraped)
        return scraped

    silent, over = asyncio.run(played())
    fires(tmp_path, silent, over)


def fires(folder: Path, *scraped: str) -> None:
    """The alert fires by Prometheus' own tool on the series that were scraped, and is over with the second."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (Debian: promtool): the alert was not judged")
    pattern = re.compile(r"^(douane_(?:silent_seconds|heard_seconds)\{[^}]*\}) (\S+)$", re.MULTILINE)
    found = [dict(pattern.findall(each)) for each in scraped]
    names = set(found[0]) & set(found[1])
    series = [{"series": name, "values": " ".join(each[name] for each in found)} for name in sorted(names)]
    (folder / "rules.yml").write_text(rules(discovery.services()))
    firing = 'count by (party) (ALERTS{alertname="DouanePartySilent",alertstate="firing"})'
    judged = [
        {"expr": firing, "eval_time": "0s", "exp_samples": [{"labels": '{party="DE"}', "value": 1}]},
        {"expr": firing, "eval_time": "15s", "exp_samples": []},
    ]
    tests = {"rule_files": ["rules.yml"], "evaluation_interval": "15s",
             "tests": [{"interval": "15s", "input_series": series, "promql_expr_test": judged}]}  # fmt: skip
    (folder / "tests.yml").write_text(json.dumps(tests))
    done = subprocess.run([promtool, "test", "rules", str(folder / "tests.yml")], capture_output=True, text=True,
                          timeout=100, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_trader_who_seldom_reads_raises_nothing(centre: Standing) -> None:
    """His inbox holds what he was told for as long as he likes: nobody agreed with him when he collects."""
    lodged(centre, "SELDOM0001")
    trader = centre.client("speed2", TRADER)
    within("something waits for him", lambda: trader.ask("GET", "/v1/inbox").json["items"])
    centre.node.core.keeper.silence.look()  # type: ignore[union-attr] # a node that runs has both
    assert 'party="partner"' not in metrics(centre)
    assert hit(centre) == set()
    assert says(centre, "lane", "list") == []


def test_where_agreements_cannot_be_read_commands_say_so_and_what_they_know(
    centre: Standing, capsys: pytest.CaptureFixture[str]
) -> None:
    data = centre.node.core.settings.data
    agreements = data / "partners.toml"
    kept = agreements.read_text() if agreements.exists() else None
    try:
        agreements.write_text("[[partner")
        for words in (["message", "hit"], ["lane", "list"]):
            capsys.readouterr()
            code = main([*words, "--json", "--data", str(data)])
            said, told = capsys.readouterr()
            found = json.loads(said)
            assert "Which partners are silent is not known." in told
            assert "is not TOML" in told
            assert code == (1 if found else 2)
    finally:
        if kept is None:
            agreements.unlink()
        else:
            agreements.write_text(kept)
