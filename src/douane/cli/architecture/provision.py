"""``douane provision``: whose system serves an administration with what, asked and chosen at the centre's CCN2.

Where services are offered stands in ``moves``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from douane.cli.architecture import moves
from douane.cli.architecture.deciding import (
    CODES,
    add_decision,
    add_since,
    consumers,
    decided,
    print_facts,
    print_faults,
    told,
    way,
    written,
)
from douane.cli.asking import asked
from douane.cli.output import describe, print_json, table
from douane.configuration.keys import log_signer
from douane.configuration.settings import read_settings
from douane.model.needs import CHOOSE, OFFER, PREVIEW, PROVISION, TAKE_BACK
from douane.vocabulary.errors import DeclarationFault

_ANSWERS: Final = ("ProvisionKept", "ProvisionRefused", "OfferKept")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to ask and to choose."""
    describe(parser, "douane provision show --config fr.toml", codes=CODES)
    ways = parser.add_subparsers(
        dest="way", metavar="|".join(("show", "preview", "set", "rollback", "offer", *moves.WAYS)), required=True
    )
    show = way(ways, "show", "whose system serves whom, since when, by whose decision", "douane provision show")
    show.add_argument("administration", nargs="?", default="", help="one administration only (FR)")
    preview = way(
        ways, "preview", "what a choice would change: consumers, cases, contracts, level, data sets",
        "douane provision preview FR guarantees --provider BE --since 2027-03-01T00:00:00+01:00",
    )  # fmt: skip
    choose = way(
        ways, "set", "choose a provider from an instant on",
        "douane provision set FR guarantees --provider BE --since 2027-03-01T00:00:00+01:00"
        " --decided-by 'Director general' --reason 'Shared from spring on'",
    )  # fmt: skip
    back = way(
        ways, "rollback", "take the latest choice back: void before its instant; after it with proofs",
        "douane provision rollback FR guarantees --since 2027-04-01T00:00:00+02:00 --decided-by 'Director general'"
        " --reason 'Too slow' --proof proof.json",
    )  # fmt: skip
    for each in (preview, choose, back):
        each.add_argument("administration", help="whose cases they are (FR)")
        each.add_argument("of", help="a service (guarantees), or one operation of it (guarantees.show)")
        add_since(each)
    for each in (preview, choose):
        each.add_argument("--provider", required=True, help="whose system serves from then on; EU for the centre")
    for each in (choose, back):
        add_decision(each)
    back.add_argument(
        "--proof", type=Path, action="append", default=[], metavar="FILE",
        help="what `douane replica prove --out` kept of a replica of the present provider's data",
    )  # fmt: skip
    offer = way(ways, "offer", "say what the own system serves, and for whom besides",
                 "douane provision offer BE guarantees --guests FR,LU --config be.toml")  # fmt: skip
    offer.add_argument("provider", help="the own administration (BE)")
    offer.add_argument("services", nargs="*", help="services that it serves; none: it offers nothing any more")
    offer.add_argument("--guests", default="", metavar="CODE,...", help="for whom besides itself")
    moves.add_ways(ways)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.way in moves.WAYS:
        return moves.run(arguments)
    match arguments.way:
        case "show":
            return _show(arguments)
        case "preview":
            return _preview(arguments)
        case "offer":
            return told(arguments, OFFER, _offer(arguments), _ANSWERS, _sentence)
        case "set":
            return told(arguments, CHOOSE, {**_choice(arguments), "provider": arguments.provider}, _ANSWERS, _sentence)
        case _:
            proofs = [note for each in arguments.proof for note in _notes(each)]
            return told(arguments, TAKE_BACK, {**_choice(arguments), "proofs": proofs}, _ANSWERS, _sentence)


def _choice(arguments: argparse.Namespace) -> dict[str, object]:
    return {"administration": arguments.administration, **decided(arguments)}


def _offer(arguments: argparse.Namespace) -> dict[str, object]:
    """The key goes with it where the settings of the own node are named: others verify by it what that node signs."""
    key = log_signer(read_settings(arguments.config), 0).key.text() if arguments.config is not None else ""
    guests = [each for each in arguments.guests.split(",") if each]
    return {"provider": arguments.provider, "services": arguments.services, "guests": guests, "key": key}


def _notes(file: Path) -> list[str]:
    """The statements of a file that ``douane replica prove --out`` wrote."""
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError) as problem:
        raise DeclarationFault(f"{file} cannot be read.", remedy="Write it by douane replica prove --out.") from problem
    return [str(each) for each in found]


def _show(arguments: argparse.Namespace) -> int:
    found = asked(arguments, PROVISION, {"administration": arguments.administration})
    if arguments.json:
        print_json(found)
        return 0
    rows = [
        (each["administration"], each["of"], each["provider"], _time(each["since"]), each["said_by"],
         each["reason"] or "as it said")
        for each in found["choices"]
    ]  # fmt: skip
    print(table([("whose", "what", "provider", "from", "decided by", "reason"), *rows]))
    if found["everybody"]:
        print("Whoever chose nothing is served by the centre: this is a development node.")
    offers = [
        (each["provider"], ", ".join(each["services"]), ", ".join(each["guests"]) or "itself")
        for each in found["offers"]
    ]
    if offers:
        print(table([("system of", "offers", "to"), *offers]))
    return 0


def _preview(arguments: argparse.Namespace) -> int:
    question = {"administration": arguments.administration, "of": arguments.of, "provider": arguments.provider,
                "since": arguments.since}  # fmt: skip
    found = asked(arguments, PREVIEW, question)
    if arguments.json:
        print_json(found)
        return 1 if found["faults"] else 0
    facts = {
        "now provided by": found["present"] or "nobody", "before by": ", ".join(found["former"]),
        "operations": ", ".join(found["operations"]), "contracts": ", ".join(found["contracts"]),
        "inherited level": found["level"], "cases that end where they began": str(found["cases"]),
        "consumers seen": consumers(found),
        "data sets to hand over": ", ".join(
            f"{d['data_set']} ({'not yours' if d['entries'] is None else d['entries']})" for d in found["data_sets"]
        ),
    }  # fmt: skip
    print_facts(facts)
    return print_faults(found)


def _sentence(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "OfferKept":
        return f"{content['provider']} offers {content['services']} services."
    line = content["line"]
    text = f"{line['of']} of {line['administration']} by {line['provider']} from {_time(line['since'])}"
    return f"Void: {text}." if content["void"] else f"Kept: {text}."


def _time(at: int) -> str:
    return written(at) if at else "the start"
