"""What is shown on the shape: rows, each a sentence of what holds and how it is played, in their order."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.trust.demo_registers import operator_entry
from tests.cli.nodes import a_list
from tests.pages.test_filing import refused_corrected_released
from tests.pages.union import DECLARATION, EXAMPLES, Union
from tests.production import journeys
from tests.production.browser import chromium, has_device, signs_in, trust
from tests.production.hosts import HOME
from tests.production.journeys import FromOutside, Outside
from tests.production.programs import JSON, Programs
from tests.production.shape import DOMAIN, PROGRAMS, PUBLISHER, SAML, SITES, VISITOR, Shape

LIE: Final = "203.0.113.9"
PATIENCE_SECONDS: Final = 20.0
FORMS: Final = 50
SEND: Final = """async ({at, button}) => {
  let again = 0;
  const asked = async (to, more) => {
    for (let turn = 0; turn < 100; turn += 1) {
      try {
        const answer = await fetch(to, more);
        if (![429, 502, 503, 504].includes(answer.status)) return answer;
      } catch (problem) { /* nobody answered */ }
      again += 1;
      await new Promise((go) => setTimeout(go, 300));
    }
    throw new Error(`no answer of ${to}`);
  };
  try {
    const shown = new DOMParser().parseFromString(await (await asked(at, {})).text(), 'text/html');
    const pressed = [...shown.querySelectorAll('button')].find((each) => each.innerText.trim() === button
      || each.textContent.trim() === button);
    if (!pressed) return { problem: `no button ${button}: ${shown.querySelector('h1').textContent}` };
    const body = new URLSearchParams(new FormData(pressed.form));
    if (pressed.name) body.set(pressed.name, pressed.value);
    const to = new URL(pressed.form.getAttribute('action') || at, location.origin).href;
    const answer = await asked(to, { method: 'POST', body });
    return { status: answer.status, url: answer.url, again,
      ...(answer.ok ? {} : { problem: `${answer.status} ${(await answer.text()).slice(-1500)}` }) };
  } catch (problem) { return { problem: String(problem) }; }
}"""
"""What a person does who opens a page, presses a button, and presses it again where no answer comes."""
FINN: Final = {
    "account": "fi.aino.virtanen",
    "provider": f"{SAML}/metadata",
    "subject": "aino",
    "name": "Aino Virtanen",
    "kind": "trader",
    "country": "FI",
    "eori": "FI12345678",
    "roles": ["declarant"],
}
ENTRIES: Final = """import json, msgspec
from douane.configuration.discovery import open_store
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.reads import reads_in
store = open_store("postgresql://douane_cdco@/douane")
rows = store.scan_log(Log.JOURNAL, keys.log_position(0, 0), keys.log_position(1, 0) - 1, 100_000)
found = [row.content.octets for row in (JOURNAL.read(raw) for _, raw in rows) if row.kind is RowKind.READ]
reads = [each for raw in found for each in reads_in(msgspec.msgpack.decode(raw, type=Announcement).text)]
print(json.dumps([[each.person, each.address] for each in reads if each.operation == "enter"]))
"""
"""Who came in from where, as the journal in PostgreSQL has it."""


class Broken(Exception):
    """Something does not hold."""


class NotPlayed(Exception):
    """It cannot be played here; why."""


@dataclass
class Scene:
    """The shape as rows play on it."""

    shape: Shape
    dist: Path
    stack: ExitStack
    only: str = ""
    """Which page journeys, in the words of ``pytest -k``; all of them without it."""
    programs: Programs = field(init=False)
    browser: Any = None
    union: Union = field(init=False)
    operators: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.programs = Programs(self.shape)
        self.union = Union(self.programs)  # type: ignore[arg-type]  # of a node it needs its clients alone

    def person(self, who: str, actor: str, country: str = "", **options: Any) -> Any:
        """The page of somebody who signed in, in a browser of his own."""
        page = self.browser.new_context(**options).new_page()
        signs_in(page, self.shape, who, actor, country)
        return page


def _until(what: str, holds: Callable[[], bool]) -> None:
    """Wait for something. Raises Broken."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise Broken(f"not within {PATIENCE_SECONDS:.0f} s: {what}")
        time.sleep(0.2)


def _shown(page: Any, text: str) -> None:
    """A page shows it; loaded again until it does. Raises Broken."""

    def there() -> bool:
        page.reload()
        return text in page.locator("main").inner_text()

    if text not in page.locator("main").inner_text():
        _until(f"{page.url} shows {text!r}", there)


def installed(scene: Scene) -> str:
    scene.shape.install(scene.dist)
    return scene.shape.core.run("douane --version").strip()


def sound(scene: Scene) -> str:
    return scene.shape.judged()


def well(scene: Scene) -> str:
    said = scene.shape.start()
    scene.shape.known_to_saml()
    return ", ".join(" ".join(each.split()) for each in said.strip().splitlines()[1:])


def stranger(scene: Scene) -> str:
    """A computer that has taken nothing over."""
    home = "/srv/stranger"
    scene.shape.outside.run(f"mkdir -p {home}")
    with chromium(scene.shape, home) as browser:
        page = browser.new_page()
        for site in SITES:
            try:
                page.goto(scene.shape.url(site))
            except Exception as problem:
                if "ERR_CERT_AUTHORITY_INVALID" not in str(problem):
                    raise
            else:
                raise Broken(f"{site} is shown without a root that is trusted")
    return "ERR_CERT_AUTHORITY_INVALID at each site"


def officer(scene: Scene) -> str:
    scene.shape.officer()
    trust(scene.shape.outside, scene.shape.authority.read("/pages/root.pem"))
    scene.browser = scene.stack.enter_context(chromium(scene.shape))
    _until("his account is known", lambda: _signs_in(scene, "de.jonas.weber", "customs officer"))
    return f"at https://desk.{DOMAIN}"


def _signs_in(scene: Scene, who: str, actor: str) -> bool:
    page = scene.person(who, actor)
    found: bool = (
        page.url.startswith(scene.shape.url("desk")) and page.get_by_role("button", name="Sign out").count() == 1
    )
    page.context.close()
    return found


def peopled(scene: Scene) -> str:
    """Accounts, registered operators and a guarantee, each told by whose business it is, through its door."""
    scene.programs.deliver()
    entry = json.dumps({"keeper": "EU", "accounts": [FINN]}).encode()
    scene.programs.handled("ccn2", "fi.system", "/accounts/v1/deliver", entry)
    firms: dict[str, list[object]] = {}
    for each in PROGRAMS.values():
        if each.eori:
            firms.setdefault(each.eori[:2].lower(), []).append(operator_entry(each.eori))
    for country, said in firms.items():
        body = json.dumps({"operators": said}).encode()
        scene.programs.handled("ccn2", f"{country}.system", "/eori/v1/deliver", body)
    guarantee = (EXAMPLES / "guarantee.json").read_bytes()
    scene.programs.handled("ccn2", "fr.officer", "/guarantees/v1/register", guarantee)
    scene.union.mrn = scene.union.released()
    return f"movement {scene.union.mrn}"


def by_saml(scene: Scene) -> str:
    page = scene.person("aino", "economic operator", "FI")
    if FINN["eori"] not in page.locator(".strip").inner_text() or not page.url.startswith(scene.shape.url("portal")):
        raise Broken(f"she is at {page.url}")
    page.context.close()
    return f"at https://portal.{DOMAIN}"


def cookies(scene: Scene) -> str:
    """Those of a trader, an officer and both operators, each in a browser of his own."""
    signed_in = [scene.person("fr.anne.martin", "economic operator"), scene.person("fr.luc.bernard", "customs officer")]
    pages = [*signed_in, *scene.operators]
    ours = {f"{site}.{DOMAIN}" for site in SITES}
    kept = [each for page in pages for each in page.context.cookies() if each["domain"] in ours]
    wrong = [each["name"] for each in kept if not _closed(each)]
    if wrong or any(page.evaluate("document.cookie") for page in pages):
        raise Broken(f"of {len(kept)} cookies these are open: {wrong}")
    for page in signed_in:
        page.context.close()
    hosts = sorted({each["domain"].partition(".")[0] for each in kept})
    if not {"signin", "portal", "desk", "console"} <= set(hosts):
        raise Broken(f"cookies of {hosts} alone were seen")
    return f"{len(kept)} cookies of {', '.join(hosts)}"


def _closed(cookie: Any) -> bool:
    """Of one host, by TLS, read by no script, not sent along by a form of another site."""
    closed = cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["path"] == "/"
    return bool(closed and cookie["name"].startswith("__Host-"))


def lie(scene: Scene) -> str:
    said = {"X-Forwarded-For": LIE, "Forwarded": f"for={LIE}", "X-Real-IP": LIE}
    page = scene.person("at.eva.gruber", "economic operator", extra_http_headers=said)
    page.context.close()
    found: set[str] = set()

    def told() -> bool:
        out = scene.shape.core.run(f"exec /usr/local/lib/douane/bin/python -c '{ENTRIES}'", user="douane")
        found.update(address for person, address in json.loads(out) if person == "at.eva.gruber")
        return bool(found)

    _until("her entry is in the journal", told)
    if found != {VISITOR}:
        raise Broken(f"the journal names {sorted(found)}")
    return f"the journal names {VISITOR}, not {LIE}"


def declared(scene: Scene) -> str:
    page = scene.person("fr.anne.martin", "economic operator")
    page.goto(f"{scene.shape.url('portal')}/cases/{scene.union.mrn}")
    refused_corrected_released(page, scene.union)
    page.context.close()
    return "refused at its field, corrected, released"


def two_persons(scene: Scene) -> str:
    anna, ben = (_device(scene) for _ in range(2))
    _becomes(scene, anna, "eu.anna.berg", "Anna Berg")
    _becomes(scene, ben, "eu.ben.moor", "Ben Moor")
    _agrees(scene, anna)
    ben.goto(f"{scene.shape.url('console')}/sign-in")
    ben.get_by_role("button", name="Sign in by passkey").click()
    ben.get_by_role("heading", name="Overview", level=1).wait_for()
    scene.operators = [anna, ben]
    body = msgspec.json.encode(a_list("CL900", "A", "B", previous="0" * 64, at=2_000_000))
    scene.programs.client("ccn2", PUBLISHER.id).ask("POST", "/reference_data/v1/publish", body, JSON)
    aside = f"{scene.shape.url('console')}/aside"
    anna.goto(aside)
    _shown(anna, "reference_data.publish")
    anna.locator("main a[href^='/aside/']").first.click()
    anna.locator("form[action$='/discard'] textarea").fill("Its list is not used here")
    anna.get_by_role("button", name="Propose to discard it").click()
    anna.wait_for_load_state()
    anna.goto(f"{scene.shape.url('console')}/proposed")
    if anna.get_by_role("button", name="Agree to this").count():
        raise Broken("who proposed it may agree to it")
    anna.goto(aside)
    if "reference_data.publish" not in anna.locator("main").inner_text():
        raise Broken("it is gone before anybody agreed")
    _agrees(scene, ben)
    anna.goto(aside)
    if "reference_data.publish" in anna.locator("main").inner_text():
        raise Broken("it is there although two agreed")
    _renewed(scene, anna, ben)
    if left := scene.shape.page.left():
        raise Broken(f"of docs/deploy.md this was not done: {', '.join(left)}")
    return "proposed by eu.anna.berg, agreed by eu.ben.moor, both by passkeys"


def _renewed(scene: Scene, anna: Any, ben: Any) -> None:
    """The next certificate of a system: requested, issued where the authorities are, brought, agreed."""
    section, shape, name = "A client's next certificate", scene.shape, "de.system-2.pem"
    shape.page.do(section, shape.authority, folder=HOME, only=slice(0, 2))
    shape.core.write(f"/root/{name}", shape.authority.read(f"{HOME}/{name}"))
    shape.page.do(section, shape.core, only=slice(2, 3))
    anna.goto(f"{shape.url('console')}/proposed")
    _shown(anna, "Confirm that it is mine")
    anna.locator("main form [name=reason]").first.fill("It is mine")
    anna.get_by_role("button", name="Confirm that it is mine").first.click()
    anna.wait_for_load_state()
    _agrees(scene, ben)
    asked = "runuser -u douane -- douane client list --json --config /etc/douane/douane.toml"
    kept = {each["client"]: each["certificates"] for each in json.loads(shape.core.run(asked))}
    if kept["de.system"] != 2:
        raise Broken(f"de.system has {kept['de.system']} certificates after its renewal")


def _device(scene: Scene) -> Any:
    context = scene.browser.new_context()
    page = context.new_page()
    has_device(context, page)
    return page


def _becomes(scene: Scene, page: Any, account: str, name: str) -> None:
    """One by a voucher, whom the other one agrees with unless he is the first."""
    page.goto(scene.shape.voucher())
    page.locator("[name=account]").fill(account)
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(re.compile(r".*/(\?.*|operators/first\?waits=1)?$"))


def _agrees(scene: Scene, page: Any) -> None:
    page.goto(f"{scene.shape.url('console')}/proposed")
    _shown(page, "Proposed by")
    page.locator("main form [name=reason]").first.fill("I read it")
    page.get_by_role("button", name="Agree to this").first.click()
    page.wait_for_load_state()


def killed(scene: Scene) -> str:
    """Fifty declarations are sent by their forms, each again where no answer came, as a person clicks again."""
    page = scene.person("fr.anne.martin", "economic operator")
    portal = scene.shape.url("portal")
    before = _cases(scene)
    drafts = [
        str(_sends(page, f"{portal}/cases/{scene.union.mrn}", "Copy as new declaration")["url"]) for _ in range(FORMS)
    ]
    again, deaths = 0, 0
    for number, draft in enumerate(drafts):
        if number % 15 == 10:
            scene.shape.front.run("kill -9 $(cat /run/played/douane)")
            deaths += 1
        said = _sends(page, re.sub(r"[?#].*", "", draft) + "/check", "Send it to customs")
        again += said["again"]
    page.context.close()
    _until("each has its case", lambda: len(_cases(scene)) - len(before) >= FORMS)
    time.sleep(1)
    new = {case: line for case, line in _cases(scene).items() if case not in before}
    names = {tuple(line["names"]) for line in new.values()}
    if (len(new), len(names)) != (FORMS, FORMS):
        raise Broken(f"{FORMS} forms became {len(new)} cases of {len(names)} references")
    return f"killed {deaths} times, {again} forms were sent again, {len(new)} declarations of {len(names)} references"


def _sends(page: Any, at: str, button: str) -> dict[str, Any]:
    """Open a page and send the form of a button from within it, again where no answer comes. Raises Broken."""
    found: dict[str, Any] = page.evaluate(SEND, {"at": at, "button": button})
    if "problem" in found:
        raise Broken(f"{at}: {found['problem']}")
    return found


def _cases(scene: Scene) -> dict[str, Any]:
    """The cases of the trader, each by its number."""
    found: dict[str, Any] = {}
    cursor = ""
    while True:
        said = {"limit": 100, "country": "FR", "after": cursor}
        answer = scene.programs.ask("speed2", "trader.fr.lesquin", "/case_files/v1/my_cases", said)
        found |= {each["case"]: each for each in answer["cases"]}
        cursor = answer["after"]
        if not cursor:
            return found


def core_stopped(scene: Scene) -> str:
    if not scene.operators:
        raise NotPlayed("it needs two persons")
    anna = scene.operators[0]
    core = scene.shape.core.run("cat /var/lib/douane/processes.json")
    pid = json.loads(core)["core"]
    scene.shape.core.run(f"kill -STOP {pid}")
    try:
        anna.goto(f"{scene.shape.url('console')}/")
        if anna.get_by_role("heading", name="Overview", level=1).count() != 1:
            raise Broken(f"the console shows {anna.locator('h1').first.inner_text()!r}")
        _until("it says so", lambda: _says(anna, "core"))
        anna.context.clear_cookies()
        anna.goto(f"{scene.shape.url('console')}/sign-in")
        anna.get_by_role("button", name="Sign in by passkey").click()
        anna.get_by_role("heading", name="Overview", level=1).wait_for()
    finally:
        scene.shape.core.run(f"kill -CONT {pid}")
    return "it opens, says that no core answers, and lets an operator sign in"


def _says(page: Any, text: str) -> bool:
    page.reload()
    return text in page.locator("main").inner_text()


def journeys_played(scene: Scene) -> str:
    if not scene.operators:
        raise NotPlayed("it needs two persons")
    union = Outside(
        FromOutside(scene.shape),  # type: ignore[arg-type]  # its clients alone
        mrn=scene.union.mrn,
        lodged=scene.union.lodged,
        shape=scene.shape,
        operator=scene.operators[0],
    )
    union.refused = union.lodge(DECLARATION.replace(b"<country>AT</country>", b"<country>ZZ</country>", 1))
    found = journeys.played(union, scene.browser, scene.only)
    for name, reason in found.left.items():
        print(f"           {name}: not played: {reason}", flush=True)
    if wrong := found.wrong():
        raise Broken(f"{len(wrong)} of {len(found.ended)} journeys did not pass: {', '.join(wrong)}")
    return f"{len(found.ended)} played, {len(found.left)} left out by name"


@dataclass(frozen=True)
class Row:
    """A sentence of what holds. needed: nothing can be played where it does not. whole: a brief run leaves it out."""

    name: str
    sentence: str
    play: Callable[[Scene], str]
    needed: bool = False
    whole: bool = False


ROWS: Final = (
    Row("installed", "A release is what was signed; docs/deploy.md leads to a node behind a proxy", installed, True),
    Row("sound", "douane doctor finds no fault", sound),
    Row("well", "The node starts under its unit, on PostgreSQL, and every part works", well, True),
    Row("stranger", "A browser that has not taken the root over is shown no page", stranger),
    Row("officer", "By docs/deploy.md alone an officer signs in, by a foreign OpenID provider", officer, True),
    Row("peopled", "Administrations tell their accounts, operators and guarantees through the doors", peopled, True),
    Row("saml", "A trader signs in by a foreign SAML provider", by_saml),
    Row("lie", "Who lies about where he comes from is in the audit with the address of his socket", lie),
    Row("declared", "A person declares, is refused at a field, corrects it, and the goods are released", declared),
    Row("two persons", "A discard that an operator proposed is agreed by a second person", two_persons),
    Row("cookies", "All cookies are __Host-, Secure, and read by no script", cookies),
    Row(
        "journeys",
        "Every page journey of the suite is played once, but for those that are named",
        journeys_played,
        whole=True,
    ),
    Row("killed", "A process of pages is killed within 50 forms: 50 declarations, none twice", killed),
    Row("core stopped", "The core is stopped: an operator still opens the console", core_stopped),
)
