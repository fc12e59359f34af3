"""``douane replica``: a replica of final data: keep it current, ask it, prove it against the centre's signed root."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path
from typing import Any

from douane.central_repository.replica.proving import Proof, prove, still_holds
from douane.central_repository.replica.replica import Replica
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration.replica_settings import ReplicaSettings, read_replica_settings
from douane.operation.pushed_to import be_pushed_to, follow
from douane.operation.replicating import centre_of, keep_current, opened
from douane.vocabulary.errors import DeclarationFault, DouaneError, FeedBroken
from douane.vocabulary.time import Instant, moment

_CODES = (
    "exit codes: 0 done, or equal; 1 the replica differs, has no such entry, or is told what cannot be believed;"
    " 2 not possible now"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane replica prove --config replica.toml", codes=_CODES)
    parser.add_argument("--config", type=Path, metavar="FILE", help="the settings of the replica")
    add_json(parser)
    ways = parser.add_subparsers(dest="way", metavar="WAY")
    run_ = ways.add_parser("run", help="keep it current until told to end; so does the command alone")
    pull = ways.add_parser("pull", help="read up to where the centre is, once")
    follow_ = ways.add_parser("follow", help="have it pushed to the address in the settings from now on")
    unfollow = ways.add_parser("unfollow", help="have it pushed there no more")
    show = ways.add_parser("show", help="how far each view is, and when it was read")
    ask = ways.add_parser("look-up", help="what a data set says under a key; the centre is not asked")
    ask.add_argument("data_set", help="name of the data set (economic_operators)")
    ask.add_argument("key", help="key of the entry (an EORI number)")
    proving = ways.add_parser("prove", help="count it anew, and compare it with the signed root of the centre")
    proving.add_argument("data_set", nargs="?", default="", help="one data set only")
    proving.add_argument("--out", type=Path, metavar="FILE", help="keep what the centre signed, for `verify`")
    verify = ways.add_parser("verify", help="without the centre: what it signed, against what is held here")
    verify.add_argument("file", type=Path, help="what `prove --out` kept")
    for each, example in (
        (run_, "run"), (pull, "pull"), (follow_, "follow"), (unfollow, "unfollow"),
        (show, "show"), (ask, "look-up economic_operators FR40123456700017"),
        (proving, "prove --out proof.json"), (verify, "verify proof.json"),
    ):  # fmt: skip
        describe(each, f"douane replica {example} --config replica.toml", codes=_CODES)
        each.add_argument(
            "--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="the settings of the replica"
        )
        add_json(each)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.config is None:
        raise DeclarationFault("No settings are named.", remedy="Name the settings of the replica: --config FILE.")
    settings = read_replica_settings(arguments.config)
    with opened(settings) as replica:
        match arguments.way:
            case "run" | None:
                return asyncio.run(_run(settings, replica))
            case "pull":
                return asyncio.run(_pull(arguments, settings, replica))
            case "follow" | "unfollow":
                return _follow(arguments, settings, replica)
            case "look-up":
                return _look_up(arguments, replica)
            case "prove":
                return asyncio.run(_prove(arguments, settings, replica))
            case "verify":
                return _verify(arguments, replica)
            case _:
                return _show(arguments, replica)


async def _run(settings: ReplicaSettings, replica: Replica) -> int:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ended.set)

    def say(text: str) -> None:
        print(text, flush=True)

    say(f"Replica of {', '.join(each.name for each in replica.views)} at {settings.centre}.")
    if settings.pushed is not None:
        return await _believed(be_pushed_to(settings, replica, ended, say))
    return await _believed(keep_current(settings, replica, ended, say))


def _follow(arguments: argparse.Namespace, settings: ReplicaSettings, replica: Replica) -> int:
    end = arguments.way == "unfollow"
    asyncio.run(follow(settings, replica, end=end))
    views = [each.name for each in replica.views]
    if arguments.json:
        print_json({"pushed": not end, "views": views})
    else:
        print(f"{', '.join(views)}: pushed {'no more' if end else 'from now on'}.")
    return 0


async def _pull(arguments: argparse.Namespace, settings: ReplicaSettings, replica: Replica) -> int:
    async def once() -> None:
        async with centre_of(settings) as centre:
            changed = await replica.pull(centre)
        if arguments.json:
            print_json({"changed": changed})
        else:
            print(f"{changed} entries changed; current.")

    return await _believed(once())


async def _believed(work: Any) -> int:
    """The exit code of reading: 1 where what the centre says cannot be believed."""
    try:
        await work
    except FeedBroken as problem:
        print(f"{problem.text}\n  {problem.remedy}", flush=True)
        return 1
    return 0


def _show(arguments: argparse.Namespace, replica: Replica) -> int:
    found = replica.standing()
    if arguments.json:
        print_json([
            {"data_set": s.view.data_set, "view": s.view.view, "source": s.source, "position": s.position,
             "entries": s.entries, "read_at": _time(s.read_at)}
            for s in found
        ])  # fmt: skip
    else:
        rows = [(s.view.name, str(s.source), str(s.position), str(s.entries), _time(s.read_at)) for s in found]
        print(table([("view", "source", "position", "entries", "read"), *rows]))
    return 0


def _look_up(arguments: argparse.Namespace, replica: Replica) -> int:
    found = replica.look_up(arguments.data_set, arguments.key)
    content = json.loads(found.content) if found.content is not None else None
    if arguments.json:
        print_json({"found": content is not None, "content": content, "changed_at": _time(found.changed_at),
                    "as_of": _time(found.as_of)})  # fmt: skip
    elif content is None:
        print(f"No {arguments.key} in {arguments.data_set}, as of {_time(found.as_of)}.")
    else:
        print(table([(name, json.dumps(value, ensure_ascii=False)) for name, value in content.items()]))
        print(f"As of {_time(found.as_of)}.")
    return 0 if content is not None else 1


async def _prove(arguments: argparse.Namespace, settings: ReplicaSettings, replica: Replica) -> int:
    wanted = [each for each in replica.views if arguments.data_set in ("", each.data_set)]
    proofs: list[Proof] = []

    async def proven() -> None:
        async with centre_of(settings) as centre:
            proofs.extend([await prove(replica, centre, view) for view in wanted])

    code = await _believed(proven())
    if arguments.out is not None:
        arguments.out.write_text(json.dumps([each.note for each in proofs], indent=1) + "\n")
    if arguments.json:
        print_json([_told(each) for each in proofs])
    else:
        for each in proofs:
            print(_sentence(each))
            for one in each.differences:
                print(f"  {one.what:8} {one.key or one.identity.hex()}")
    return code or (0 if proofs and all(each.equal for each in proofs) else 1)


def _told(proof: Proof) -> dict[str, object]:
    return {
        "data_set": proof.view.data_set, "view": proof.view.view, "equal": proof.equal, "note": proof.note,
        "differing": proof.differing, "ranges_asked": proof.asked,
        "keys": [{"key": d.key, "identity": d.identity.hex(), "source": d.source, "what": d.what}
                 for d in proof.differences],
    }  # fmt: skip


def _sentence(proof: Proof) -> str:
    entries = sum(root.entries for root in proof.roots)
    if proof.equal:
        return f"{proof.view.name}: equal, {entries} entries; the centre signed it."
    return f"{proof.view.name}: differs in {proof.differing} entries of {entries}; {proof.asked} ranges were asked for."


def _verify(arguments: argparse.Namespace, replica: Replica) -> int:
    """What was signed, against what is held now; a note about a view that is not kept here holds nothing."""
    code, told = 0, []
    for note in json.loads(arguments.file.read_text()):
        try:
            said, held = still_holds(replica, note)
            told.append((f"{said.data_set} ({said.view})", held, f"signed at {_time(said.at)} for {said.asked_by}"))
        except DouaneError as problem:
            told.append(("a note", False, problem.text))
        code = code if told[-1][1] else 1
    if arguments.json:
        print_json([{"view": view, "holds": held, "text": text} for view, held, text in told])
    else:
        print(table([(view, "holds" if held else "does not hold", text) for view, held, text in told]))
    return code


def _time(at: int) -> str:
    return moment(Instant(at)).strftime("%Y-%m-%dT%H:%M:%SZ") if at else "never"
