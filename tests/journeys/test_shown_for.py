"""A case that a keeper shows to its party at the centre, by a statement of UUM&DS; by real doors of real nodes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from douane.channels.rest.client import Partner
from douane.configuration.ports import SystemClock, SystemIds
from douane.identity.asker_statements import MINUTE, TYPE
from douane.identity.tokens import SKEW, TokenKey
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.vocabulary.askers import AskerStatement
from tests.journeys.test_carried import Stage
from tests.journeys.test_kept_elsewhere import HOLDER, Union, judged, refusal
from tests.journeys.test_told_by_the_keeper import declared, following

encode = msgspec.json.encode
SHOW_FOR = "case_files.show_for"


def key_of(here: Stage) -> TokenKey:
    """The key by which UUM&DS of this union signs."""
    return TokenKey(here.union.identity.token_key.read_bytes())


def stated(here: Stage, reference: str, **change: Any) -> AskerStatement:
    """What UUM&DS states of the holder, who asks about a French case."""
    seconds, known = SystemClock().now() // 1_000_000, here.union.identity.load_register().client("trader.fr.lesquin")
    assert known is not None
    said = AskerStatement(
        iss="https://localhost", aud="FR", sub="trader.fr.lesquin", party=HOLDER, roles=tuple(sorted(known.roles)),
        country="FR", reference=reference, iat=seconds, exp=seconds + MINUTE, jti=SystemIds().random(16).hex(),
    )  # fmt: skip
    return replace(said, **change)


def signed(here: Stage, said: AskerStatement, key: TokenKey | None = None, kind: str = TYPE) -> str:
    """The statement, signed."""
    return (key or key_of(here)).sign(msgspec.to_builtins(said), kind)


async def shown(by: Partner, reference: str, statement: str) -> Any:
    return await by.call(SHOW_FOR, encode({"reference": reference, "country": "FR", "statement": statement}))


def centre_of(here: Stage) -> Partner:
    """The system of the centre, at the door of the French one."""
    return here.union.client("FR", "ccn2", "commission.system")


def invented(mrn: str) -> str:
    """An MRN that nobody gave."""
    return mrn[:-5] + "999" + mrn[-2:]


async def refused_alike(mrn: str, ask: Callable[[str], Awaitable[Any]]) -> str:
    """The refusal, which is the same for a case that there is and for one that there is not."""
    known, unknown = [(await refusal(ask(each))).replace(each, "") for each in (mrn, invented(mrn))]
    assert known == unknown
    return known


def test_a_party_is_shown_its_case_and_that_is_written_down_and_told(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            officer = here.union.client("FR", "ccn2", "fr.officer")
            own = await officer.call("case_files.show", encode({"reference": mrn}))
            first = await shown(centre_of(here), mrn, signed(here, stated(here, mrn)))
            assert first["file"]["line"]["state"] == own["line"]["state"] == "released"
            assert first["file"]["limits"] == own["limits"]
            assert "transit.lodge_declaration" in [each["type"] for each in first["file"]["messages"]]
            assert first["file"]["tasks"] == [], "tasks are for officers"
            assert first["as_of"]
            assert first["by_law"]
            # a delegate and his person are named, though what is shown is what the party may see
            said = stated(here, mrn, sub="be.anna", by="BE0123456789", person="be.anna")
            await shown(centre_of(here), mrn, signed(here, said))
            third = await shown(centre_of(here), mrn, signed(here, stated(here, mrn)))
            told = third["file"]["shown_to"]
            assert [(each["account"], each["party"], each["by"], each["person"]) for each in told] == [
                ("trader.fr.lesquin", HOLDER, "", ""), ("be.anna", HOLDER, "BE0123456789", "be.anna"),
            ]  # fmt: skip
            assert told[0]["roles"]
            # the officer of the case sees it, and the log has a leaf that names who, with what UUM&DS signed
            own = await officer.call("case_files.show", encode({"reference": mrn}))
            assert len(own["shown_to"]) == 3
            store = here.union.nodes["FR"].core.store
            rows = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
            kept = [json.loads(each.content.octets) for each in rows if each.operation == "case_files.note_shown"]
            assert [each["to"]["account"] for each in kept] == ["trader.fr.lesquin", "be.anna", "trader.fr.lesquin"]
            assert all(each["statement"].count(".") == 2 for each in kept)
            assert all(each.leaf for each in rows if each.operation == "case_files.note_shown")
            # it pushes nothing out of the file
            assert third["file"]["messages"] == first["file"]["messages"]
            assert not [each for each in own["messages"] if each["type"] == "case_files.note_shown"]

    asyncio.run(journey())


def test_what_is_wrong_with_a_statement_shows_nothing_whether_there_is_the_case_or_not(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            grn = await here.union.registered("FR", "fr.officer", "FR")
            mrn, other = await declared(here, grn), await declared(here, grn)
            centre, now = centre_of(here), SystemClock().now() // 1_000_000
            strange = TokenKey(TokenKey.generate_pem())
            late = now - MINUTE - SKEW - 1

            async def asked(about: str, kind: str = TYPE, key: TokenKey | None = None, **change: Any) -> Any:
                said = replace(stated(here, about), **change)
                return await shown(centre, about, signed(here, said, key, kind))

            wrong: dict[str, dict[str, Any]] = {
                "expired": {"iat": late, "exp": late + MINUTE}, "not yet": {"iat": now + 90, "exp": now + 150},
                "good for an hour": {"exp": now + 3_600}, "for another system": {"aud": "DE"},
                "about another case": {"reference": other}, "of another country": {"country": "BE"},
                "of another issuer": {"iss": "https://uumds.elsewhere.example"},
                "signed by another key": {"key": strange}, "a token in its place": {"kind": "at+jwt"},
            }  # fmt: skip
            for name, change in wrong.items():
                text = await refused_alike(mrn, lambda each, c=change: asked(each, **c))  # type: ignore[misc]
                assert "403" in text, (name, text)
            # an access token of the party itself, and what is no statement at all
            token = "e30.e30.AA"
            for text in (token, "", "x" * 4_096, await _token(here)):
                assert "403" in await refused_alike(mrn, lambda each, t=text: shown(centre, each, t))  # type: ignore[misc]
            # a stranger, an employee for other things, and who names the party's case by a number
            for change in ({"party": "DE4000000000001"}, {"roles": ()}, {"roles": ("trader at destination",)}):
                assert "404" in await refused_alike(mrn, lambda each, c=change: asked(each, **c))  # type: ignore[misc]
            officer = here.union.client("FR", "ccn2", "fr.officer")
            number = (await officer.call("case_files.show", encode({"reference": mrn})))["line"]["case"]
            assert "404" in await refusal(asked(number))
            file = await officer.call("case_files.show", encode({"reference": mrn}))
            assert file["shown_to"] == [], "nothing was shown, so nothing is written down as shown"

    asyncio.run(journey())


async def _token(here: Stage) -> str:
    """A token of the trader that the doors of this union would take."""
    from douane.identity.tokens import TokenIssuer

    client = here.union.identity.load_register().client("trader.fr.lesquin")
    assert client is not None
    issuer = TokenIssuer(issuer="https://localhost", keys=[key_of(here)])
    return issuer.issue(client, audience="ccn2", roles=client.roles, now=SystemClock().now(), jti="a")


def test_a_statement_shows_once_also_at_a_keeper_that_was_started_anew(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union:
            here = Stage(union)
            async with union.france():
                mrn = await declared(here)
                statement = signed(here, stated(here, mrn))
                # of many at once one is answered
                found = await asyncio.gather(
                    *(shown(centre_of(here), mrn, statement) for _ in range(5)), return_exceptions=True
                )
                assert [isinstance(each, dict) for each in found].count(True) == 1
                unknown = await refusal(
                    shown(centre_of(here), invented(mrn), signed(here, stated(here, invented(mrn))))
                )
                again = await refusal(shown(centre_of(here), mrn, statement))
                assert again == unknown, "as of a case that there is not"
            async with union.france():
                again = await judged(lambda: shown(centre_of(here), mrn, statement))
                assert "404" in again
                officer = union.client("FR", "ccn2", "fr.officer")
                file = await officer.call("case_files.show", encode({"reference": mrn}))
                assert len(file["shown_to"]) == 1

    asyncio.run(journey())


def test_nobody_but_the_system_of_the_centre_asks_so(tmp_path: Path) -> None:
    async def journey() -> None:
        async with following(tmp_path) as here:
            mrn = await declared(here)
            for node, platform, name in (
                ("FR", "ccn2", "commission.officer"), ("FR", "ccn2", "de.system"), ("FR", "ccn2", "fr.system"),
                ("FR", "ccn2", "fr.officer"), ("EU", "ccn2", "de.officer"), ("EU", "speed2", "trader.fr.lesquin"),
            ):  # fmt: skip
                client = here.union.client(node, platform, name)
                text = await refused_alike(
                    mrn, lambda each, c=client: shown(c, each, signed(here, stated(here, each)))  # type: ignore[misc]
                )  # fmt: skip
                assert "403" in text or "404" in text, (node, name)
            # and a statement opens no door: acts go by the trader's own proof alone
            bearer = {"authorization": f"Bearer {signed(here, stated(here, mrn))}"}
            answer = await here.stranger.send(b"<x/>", headers=bearer)
            assert answer.status == 401

    asyncio.run(journey())


@pytest.mark.parametrize("one_view", ["summary", "live"])
def test_a_keeper_may_tell_summaries_alone(tmp_path: Path, one_view: str) -> None:
    async def journey() -> None:
        async with Union(tmp_path, follows=True).running() as union, union.france(one_view=one_view):
            here = Stage(union)
            mrn = await declared(here)  # its summary is told
            if one_view == "live":
                assert (await shown(centre_of(here), mrn, signed(here, stated(here, mrn))))["file"]
                return
            text = await refused_alike(
                mrn, lambda each: shown(centre_of(here), each, signed(here, stated(here, each)))
            )  # fmt: skip
            assert "403" in text
            assert "summaries" in text

    asyncio.run(journey())
