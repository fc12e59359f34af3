"""A page that shows every part in every state."""

from __future__ import annotations

from markupsafe import Markup

from douane.model.circles import Platform
from douane.pages.blocks import (
    Bullets,
    Button,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Facts,
    Field,
    Form,
    Frame,
    Link,
    Live,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Rows,
    Small,
    Step,
    Steps,
    Tab,
    Table,
    Tag,
    Text,
    Time,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.pictures.circles import circles

FRAME = Frame(
    "Trader portal", "/", "/movements?state=a&b", clock="Fri 27 Nov 2026, 14:32:08", rate="1:1",
    tabs=(Tab("Movements", "/", current=True), Tab("Messages", "/messages")), persona="Declarant at Lesquin",
    acting_for="FR40123456700017", circle="untrusted", circle_title="Untrusted circle", development=True, token="t",
    start="http://localhost/", find="/find", find_hint="MRN or LRN", json="/case/1?format=json", version="0.1",
    model="379bc55d7d07",
)  # fmt: skip
HOSTILE = '"><script>alert(1)</script>'


def page(words: Words) -> Page:
    """All of it."""
    tags = tuple(Tag(tone.name.lower(), tone) for tone in Tone)
    table = Table(
        "Movements", (Column("MRN"), Column("State"), Column("Mass", number=True)),
        (Row((Ref("26FR005350000001J9", "/case/26FR005350000001J9"), tags[0], "1,205"), mark="late"),
         Row((HOSTILE, tags[3], ""), mark="soon")),
        dense=True, following=Link("Next page", "/movements?after=x"),
    )  # fmt: skip
    form = Form(
        "/send", (Button("Send the declaration"), Button("Leave", look="btn second", note="nothing is sent")),
        (Field("mrn", "MRN", HOSTILE, "As released", "Give an MRN of 18 characters.", "C0467", short=True),
         Field("lrn", "LRN", fault="Give an LRN."),
         Field("office", "Office", "DE", options=(Option("FR", "France"), Option("DE", "Germany"))),
         Field("body", "Message", "\n<CC015C/>", rows=4)),
        {"case": HOSTILE},
    )  # fmt: skip
    left = (
        Card("table", "Movements", (table,), aside=Link("All", "/all")),
        Card("form", "Form", (form,)),
        Card("empty", "Nothing", (Empty("No movement yet.", Link("Declare one", "/declare", "btn")),)),
    )
    right = (
        Card("facts", "Facts", (Facts((("Office", ("Lesquin", Small(Ref("FR005350")))), ("Seals", "3"))),)),
        Card("rows", "Rows", (Rows(((Link("Release", "/m"), tags[1]), (HOSTILE, ""))),)),
        Card("steps", "Steps", (Steps((Step(Time("05:10", "2026-11-27T05:10:02Z"), "Lodged", "CC015C"),
                                       Step("now", "On the way", state="now"), Step("next", "Arrival", state="next"),
                                       Step("", "Refused", state="off"))),)),
    )  # fmt: skip
    blocks = (
        Note("Look", HOSTILE, Tone.WARN),
        Text(Markup("<em>ready</em>"), "lead"),
        Columns(left, right, "cols"),
        Bullets(("one", HOSTILE), numbered=True),
        Details("More", (Text("less"),), open=True),
        Card("circles", "Circles", (circles({Platform.SPEED2: "http://portal.localhost/"}, "transit", words),)),
        Live("now", "/live", (Text("moving"),)),
        Form(
            "/enter", (Button("Declarant", "as", "a", note="declare", circle="untrusted"),), doors=True, title="Enter"
        ),
    )
    crumbs, acts = (Link("Movements", "/"),), (Link("Copy", "/copy", "btn"),)
    return Page("Movement", blocks, Ref("26FR"), "Transit", (tags[4], HOSTILE), acts, crumbs, faulty=True)
