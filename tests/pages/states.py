"""The pages in the states in which a person may meet them, and how one gets there."""

from __future__ import annotations

from typing import Any

from tests.pages.union import OFFICER, TRADER, Union

WIDE, NARROW, SMALLEST = {"width": 1280, "height": 800}, {"width": 390, "height": 800}, {"width": 320, "height": 640}
CLIENTS = {
    "Declarant at Lesquin": TRADER, "Déclarant à Lesquin": TRADER, "Officer at Lesquin": OFFICER,
    "Architect": "commission.officer", "Operator": "operator", "Trader at Wien": "trader.at.wien",
    "Officer at Weil am Rhein": "de.officer", "Officer at Wien": "at.officer",
}  # fmt: skip
"""The buttons of the start page, by what they say; found by whom they let in, which is the same in every language."""


def enter(page: Any, union: Union, who: str, to: str = "/") -> None:
    """Come in as a person of the demonstration, wherever the union is."""
    union.enter(page, CLIENTS[who], to)


EXPLORED = {
    "explore": "/explore", "explore found": "/explore/find?q=transit", "explore nothing": "/explore/find?q=zebra",
    "explore service": "/explore/service/transit", "explore type": "/explore/type/CC029C",
    "explore process": "/explore/process/transit.departure",
    "explore impact": "/explore/operation/risk_analysis.assess/impact?what=retired&graph=yes",
    "explore what if mandatory": "/explore/element/TransitOperation~1LRN/impact?what=mandatory",
    "explore what if length": "/explore/limit/TRA-REPLY/impact?what=length&graph=yes",
    "explore nothing touched": "/explore/component/douane.cli/impact",
    "explore impact of a goal": "/explore/goal/trade%20flows/impact",
    "explore what it rests on": "/explore/goal/trade%20flows/impact?rests=yes",
    "explore as of a day": "/explore/code-list/CL231?on=2024-01-01",
    "explore level": "/explore/process-level/transit%20procedure", "explore usage": "/explore/usage",
    "explore nodes": "/explore/nodes",
    "programme": "/programme", "programme cases": "/programme/cases",
    "programme project": "/programme/projects/Import?slip_to=2028-06-01",
    "programme library": "/programme/library", "programme requirements": "/programme/requirements?q=programme",
    "move of a service": "/provision/moves?what=programme.judge&leaves=ccn2&enters=cdco&since=2030-01-01T00:00",
    "programme requirement": "/programme/requirements/REQ-PRG-010",
}  # fmt: skip
"""Pages of the explorer, as an architect sees them."""
LANDSCAPE = {
    "landscape": "/landscape", "landscape of a kind": "/landscape?held=central",
    "landscape of nobody": "/landscape?held=market", "roll-out": "/programme/steps",
}  # fmt: skip
"""Pages of the landscape, as an officer sees them."""
DECISIONS = {
    "decisions": "/decisions", "application": "/decisions/apply/CGU", "exporter": "/checks/exporter?number=FRREX1",
    "rulings": "/checks/rulings?words=cotton",
}  # fmt: skip
"""Pages of decisions and of what is published about them, as a trader sees them."""
CONSOLE = {
    "console": "/",
    "deliveries": "/lanes",
    "set aside": "/aside",
    "calendar": "/calendar",
    "maintenance": "/maintenance",
    "levels": "/levels",
    "what happened": "/events",
    "list narrowed down": "/calendar?text=certificate",
    "where": "/find?reference=",
}
"""Pages of the operator's console."""
AT_DESK = {
    "messages": "/messages", "governance": "/governance", "provision": "/provision", "together": "/together",
    "tasks by risk": "/tasks?order=risk", "own plan": "/programme/plans/transit",
}  # fmt: skip
"""Further pages of the officers' desk."""
AT_PORTAL = {
    "keys": "/keys", "rights": "/rights",
    "all cases": "/cases", "declare": "/declare",
    "checks": "/checks/eori?numbers=FR40123456700017",
    "vat": "/checks/vat", "office": "/checks/office?office=AT100000", "availability": "/availability",
    "public explorer": "/explore", "public operation": "/explore/operation/transit.lodge_declaration",
}  # fmt: skip
"""Further pages of the traders' portal."""
STATES = (
    "start",
    "other side",
    "cases",
    "empty",
    "case",
    "receipt",
    "refused",
    "officer",
    "act",
    "act refused",
    "tasks",
    "not found",
    "signed out",
    "help",
    "documentation",
    "manual page",
    "search",
    "glossary",
    "landscape",
    "landscape of a kind",
    "landscape of nobody",
    "roll-out",
    "language",
    *EXPLORED,
    *DECISIONS,
    *CONSOLE,
    *AT_DESK,
    *AT_PORTAL,
    "consultations",
    "sign in",
    "sign in refused",
    "provider",
    "signed in",
    "activity",
    "delegations",
)


REFUSALS = frozenset({"act refused", "not found", "signed out", "sign in refused"})
"""States that are answered with a refusal."""


def shown(page: Any, union: Union, state: str) -> None:
    """Open a page in one of its states."""
    portal, public = union.site("portal"), union.start if union.show else union.site("portal")
    if state in ("cases", "case", "receipt", "refused", "not found"):
        enter(page, union, "Declarant at Lesquin")
    if state == "empty":
        enter(page, union, "Trader at Wien")
    if state == "officer":
        enter(page, union, "Officer at Lesquin", f"/cases/{union.mrn}")
    if state in ("act", "act refused"):
        enter(page, union, "Officer at Weil am Rhein", f"/cases/{union.mrn}")
    if state == "act refused":
        passage = page.locator("section", has=page.locator("[id^=f-office]")).first
        passage.locator("[id^=f-office]").fill("Weil am Rhein")
        passage.locator("form button").click()
    if state in DECISIONS:
        enter(page, union, "Declarant at Lesquin", DECISIONS[state])
        page.wait_for_url(f"**{DECISIONS[state]}")
    for pages, who in ((AT_DESK, "Officer at Lesquin"), (AT_PORTAL, "Declarant at Lesquin")):
        if state in pages:
            enter(page, union, who, pages[state])
    if state == "consultations":
        enter(page, union, "Officer at Lesquin", "/consultations")
    if state in LANDSCAPE:
        enter(page, union, "Officer at Lesquin", LANDSCAPE[state])
    if state == "tasks":
        enter(page, union, "Officer at Weil am Rhein", "/tasks")
    if state in EXPLORED:
        enter(page, union, "Architect", EXPLORED[state])
        page.wait_for_url(f"**{EXPLORED[state]}")
    if state == "explore nothing touched":
        page.locator("[aria-labelledby=h-touched] .empty").wait_for()  # in any language
    if state in ("signed in", "activity", "delegations"):
        enter(page, union, "Declarant at Lesquin")
    if state in CONSOLE:
        enter(page, union, "Operator", CONSOLE[state] + (union.mrn if state == "where" else ""))
    signin = union.site("signin")
    address = {
        **({"start": f"{union.start}/", "other side": f"{union.start}/?go=/cases/{union.mrn}"} if union.show else {}),
        **dict.fromkeys(("case", "receipt"), f"{portal}/cases/{union.mrn}"),
        "refused": f"{portal}/cases/{union.refused}?country=FR",
        "not found": f"{portal}/nothing", "signed out": f"{portal}/cases", "help": f"{portal}/help",
        "language": f"{portal}/language?back=/help", "documentation": f"{public}/docs",
        "manual page": f"{portal}/docs/errors", "search": f"{public}/docs?find=TRA-REPLY",
        "glossary": f"{portal}/docs/glossary",
        "sign in": f"{signin}/", "provider": f"{signin}/", "signed in": f"{signin}/",
        "sign in refused": f"{signin}/begin?country=FR&actor=employee&identifier=x",
        "activity": f"{signin}/activity", "delegations": f"{portal}/delegations",
    }.get(state)  # fmt: skip
    if address is not None:
        page.goto(address)
    if state == "receipt":
        page.locator("a[href*='/receipts/']").first.click()
        page.wait_for_url("**/receipts/**")
    if state not in REFUSALS:
        status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        assert status < 400, f"{state} is refused ({status}): {page.locator('main').inner_text()[:300]}"
    if state == "provider":
        page.locator("form[action='/begin'] button").click()
        page.wait_for_url("**/authorize**")
