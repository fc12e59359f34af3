"""Writes docs/cli.md from the commands. ``python -m tools.cli_pages``.

Purpose, arguments, example and exit codes come from the parsers. The output under an example was recorded from a node
that carried one movement: it is kept here, because identifications and times differ on every node.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from douane.cli.main import COMMANDS, parser_with

# argparse lists its arguments by no public name
_WAYS = argparse._SubParsersAction  # noqa: SLF001 - as said above
_HELP = argparse._HelpAction  # noqa: SLF001 - as said above
PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# The command line

Written by `tools/cli_pages.py` from `src/douane/cli`; a test keeps the two equal. Do not edit.

`douane COMMAND --help` says the same. Answers go to standard output, with `--json` for programs; the reason of a
refusal goes to standard error. Commands that look into a node (`timeline`, `message show`, `message quarantine`,
`audit prove`, `reference show`) open its store read-only, also while it runs. `message release`, `replay` and `discard`
`lane`, `reference import`, `retention run`, `partner replace` and `client replace` have it done by the node, or do it
where none runs ([operating.md](operating.md)): then they lock its data folder, as the node does.
"""
RECORDED = {
    "doctor": """fault    identity.there: The identity folder /etc/douane/identity does not exist.
         Mount it, or name the right one: nothing is made in its place.
warning  reach.time_stamps: The time-stamp authority at tsa.example, port 443 does not answer: Connection refused.
         Start it, mend the address, or open the way to it; a node tries again and again.
1 fault, 1 warning.""",
    "model check": "The model is sound: no findings.",
    "model diff": """major  type:RiskOutcome is gone  [administration, process, risk analyst]
1 change; 1.0.0 becomes 2.0.0""",
    "model deploy": """operation:transit.lodge_declaration  CC015C now requires limitDate
  FR40123456700017, last seen 2026-11-18 11:06:40.112Z
1 place would break; consumers are or may be at 1.""",
    "impact": """type CC015C: IE015: Transit declaration.

A change touches 133 rules, 3 process levels, 3 goals, 2 requirements, 1 operation, 1 actor, 1 task ...:
  is taken by operation transit.lodge_declaration  [transit.contract:lodge_declaration]
    is open to actor holder of the transit procedure: Answers for the goods ...  [transit.contract:lodge_declaration]
    fulfils task TRA-DEP-01: Lodge a transit declaration  [transit.contract:lodge_declaration]
      is within process level transit at departure: From the declaration to the release  [...]
  is checked by 133 rules: B1016, B1091, B1805, B1806, B1820, B1821, B1822, B1823, B1831, B1838, ...

Tests to rerun (9):
  src/douane/applications/transit/tests/test_base_messages.py
  ...""",
    "circles": """operation                         speed2
transit.lodge_declaration         trader
transit.amend_declaration         trader
...
What is not named is denied; reasons: --why.""",
    "timeline": """mrn 26FR005350000001J9 in FR: case ca3fbdd80000001
  FR41234567800015 by soap
  NTA.IT by csi_queue
  2026-11-18 11:06:40.112Z  2      transit.lodge_declaration  <- FR41234567800015  speed2 soap        LQ00000001     handled
  2026-11-18 11:06:40.112Z  3      guarantees.use                NTA.FR                               CD203C         handled
  2026-11-18 11:06:40.112Z  4      @reply                        NTA.FR                               CD205C         handled
  2026-11-18 11:06:40.112Z  out:2  CC928C                     -> FR41234567800015  soap               0000000000021  delivered
  2026-11-18 11:06:40.131Z  out:6  CD050C                     -> NTA.IT            csi_queue          0000000000044  delivered, 2 attempts
  2026-11-18 11:06:40.140Z           tried                                                                           no connection
  2026-11-18 11:06:41.151Z           arrived
  2026-11-18 11:06:42.007Z           delivered
  2026-11-18 13:40:02.870Z  8      transit.notify_crossing    <- NTA.IT            ccn_csi csi_queue  IT00000017     handled
passed on 26FR005350000001J9 in AT: case ca3fbdd80000007
  ATEOS1000012345 by rest
  NTA.AT by inbox
  2026-11-18 15:12:33.004Z  b      transit.notify_arrival  <- ATEOS1000012345  speed2 rest  WN00000003  handled
  2026-11-18 15:12:33.004Z  out:9  CC007C                  -> NTA.AT           inbox        WN00000003  queued""",  # noqa: E501 - as it is printed
    "message show": """time            2026-11-18 11:06:40.112Z
position        1f
direction       in
what            transit.lodge_declaration
party           FR41234567800015
id              LQ00000001
state           handled
...
<?xml version="1.0" encoding="UTF-8"?>
<ncts:CC015C ...""",
    "message quarantine": "1f  2026-11-18 11:06:40.112Z  reference_data.publish  operator  CL900.5f0a  NotValid: ...",
    "message release": "1f  handled",
    "message discard": "1f  proposed: another operator, signed in, has to agree",
    "lane list": "rest:AT  12 waiting  since 2026-11-18 11:06:40.112Z  out:6  no connection",
    "lane pause": "rest:AT  paused",
    "lane drop": "out:1f  dropped",
    "message replay": "1f  handled\n23  set aside again\n23: NotValid: ...",
    "model show": """type CC015C: IE015: Transit declaration.
  status: offered
  ...
  is taken by
    operation:transit.lodge_declaration
  is checked by (133)
    rule:C0186: State transport charges only with security data.
    ...""",
    "model export": "m.json: 884 elements, model 2f0c9a1b7de3c455",
    "reference show": """CL141 CustomsOffices, version c94360625a64, on 2025-03-01: 4136 codes
code         FR005350
since        2024-10-23
CountryCode  FR
...""",
    "audit verify": """ holds  leaf: The record says that a message was accepted: transit.lodge_declaration ...
 holds  inclusion: The leaf stands at position 30 of that state.
...""",
    "audit prove": """evidence.json: leaf 30 of the log proves message LQ00000001
check it: douane audit verify evidence.json --key centre.douane.example/p0+787c5257+AWBG4m...""",
    "reference import": """CL141  CustomsOffices: 4136 new, 0 changed, 0 ended; version c94360625a64
...
10 lists changed.""",
}


def page() -> str:
    """The page as it should be."""
    parser = parser_with(list(COMMANDS))
    return HEAD + "".join(_command(name, sub) for name, sub in below(parser).items())


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    ways = below(parser)
    parts = [f"\n## douane {name}\n\n{_purpose(parser)}\n"]
    if not ways:
        return parts[0] + _body(name, parser)
    for way, sub in ways.items():
        parts.append(f"\n### douane {name} {way}\n\n{_purpose(sub) or _help(parser, way)}\n")
        parts.append(_body(f"{name} {way}", sub))
    return "".join(parts)


def _body(name: str, parser: argparse.ArgumentParser) -> str:
    rows = "".join(_rows(parser))
    example, _, codes = (parser.epilog or "").partition("\n")
    text = f"\n| Argument | Meaning |\n|---|---|\n{rows}" if rows else ""
    if example:
        output = f"\n{RECORDED[name]}" if name in RECORDED else ""
        text += f"\n```\n$ {example.removeprefix('example: ')}{output}\n```\n"
    return text + (f"\n{codes[0].upper()}{codes[1:]}.\n" if codes else "")


def _rows(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _actions(parser):
        if isinstance(action, (_HELP, _WAYS)):
            continue
        named = " ".join(action.metavar) if isinstance(action.metavar, tuple) else action.metavar
        value = str(named or (action.dest.upper() if action.nargs != 0 else ""))
        choices = ", ".join(map(str, action.choices)) if action.choices else ""
        names = (
            ", ".join(f"`{o} {value}`".replace(" `", "`") for o in action.option_strings) or f"`{value or action.dest}`"
        )
        meaning = (action.help or "") + (f" ({choices})" if choices else "")
        yield f"| {names} | {meaning} |\n".replace("%%", "%")


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001 - as said above


def _choices(ways: argparse.Action) -> list[argparse.Action]:
    found: list[argparse.Action] = getattr(ways, "_choices_actions", [])
    return found


def _purpose(parser: argparse.ArgumentParser) -> str:
    return parser.description or ""


def _help(parser: argparse.ArgumentParser, way: str) -> str:
    for action in _actions(parser):
        if isinstance(action, _WAYS):
            for choice in _choices(action):
                if choice.dest == way and choice.help:
                    return f"{choice.help[0].upper()}{choice.help[1:]}."
    return ""


def below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a command, by name; none where it does something itself."""
    for action in _actions(parser):
        if isinstance(action, _WAYS):
            return dict(action.choices)
    return {}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
