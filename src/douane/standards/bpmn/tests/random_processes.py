"""Seeded, block-structured processes in the short notation of this folder, and the answers of their predicates."""

from __future__ import annotations

import random
import zlib
from itertools import pairwise

Ends = tuple[str, str]  # the first and the last node of a block


class RandomProcess:
    """``text`` is the process; ``answer`` decides a predicate by its name and by how often it was asked before."""

    def __init__(self, seed: int, size: int = 9) -> None:
        self.random = random.Random(seed)
        self.seed, self.left = seed, size
        self.count = 0
        self.lines: list[str] = []
        first, last = self.sequence(0, inside=False)
        self.lines += ["start s", "end e", f"s -> {first}", f"{last} -> e"]
        self.text = "; ".join(self.lines)

    def answer(self, name: str, asked: int) -> bool:
        """Loops turn at most twice, everything else is drawn from the seed."""
        drawn = zlib.crc32(f"{self.seed} {name} {asked}".encode())
        if name.startswith("again"):
            return asked < 2 and drawn % 3 > 0
        return drawn % 2 == 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def node(self, kind: str, line: str) -> str:
        name = self.name(kind)
        self.lines.append(line.format(name))
        return name

    def flow(self, *stops: str, condition: str = "") -> None:
        self.lines.append(" -> ".join(stops) + (f" : {condition}" if condition else ""))

    # --- blocks -----------------------------------------------------------------------------------------------------

    def sequence(self, depth: int, *, inside: bool) -> Ends:
        blocks = [self.block(depth, inside=inside) for _ in range(self.random.randint(1, 3))]
        for (_, last), (first, _) in pairwise(blocks):
            self.flow(last, first)
        return blocks[0][0], blocks[-1][1]

    def block(self, depth: int, *, inside: bool) -> Ends:
        self.left -= 1
        kinds = ["task", "task", "guarded", "message", "timer", "throw", "receive"]
        if depth < 3 and self.left > 0:
            kinds += ["exclusive", "exclusive", "parallel", "parallel", "loop", "events", "sub", "sub"]
        chosen: str = self.random.choice(kinds)
        if chosen in {"task", "message", "timer", "throw", "receive"}:
            return self.single(chosen)
        made: Ends = getattr(self, chosen)(depth, inside=inside)
        return made

    def single(self, kind: str) -> Ends:
        line = {
            "task": "user {0}",
            "message": "catch {0} message M_{0}",
            "timer": "catch {0} timer P1D",
            "throw": "throw {0} message T_{0}",
            "receive": "receive {0} message M_{0}",
        }[kind]
        name = self.node(kind, line)
        return name, name

    def guarded(self, depth: int, *, inside: bool) -> Ends:
        """A task with a boundary event whose way comes back behind it."""
        del depth, inside
        task, merge = self.node("task", "user {0}"), self.node("merge", "exclusive {0}")
        self.flow(task, merge)
        self.border(task, merge)
        return task, merge

    def border(self, host: str, merge: str) -> None:
        trigger = self.random.choice(["timer P1D", "message M_{0}"])
        event = self.node("border", "boundary {0} on " + host + " " + trigger)
        after = self.node("task", "user {0}")
        self.flow(event, after, merge)

    def exclusive(self, depth: int, *, inside: bool) -> Ends:
        merge = self.node("merge", "exclusive {0}")
        split = self.name("split")
        branches = [self.sequence(depth + 1, inside=inside) for _ in range(self.random.randint(2, 3))]
        default = self.random.randrange(len(branches))
        self.lines.append(f"exclusive {split} default={split}_{branches[default][0]}")
        for place, (first, last) in enumerate(branches):
            negated = "not " if self.random.random() < 0.3 else ""
            self.flow(split, first, condition="" if place == default else f"{negated}is_{first}")
            self.flow(last, merge)
        return split, merge

    def parallel(self, depth: int, *, inside: bool) -> Ends:
        fork, join = self.node("fork", "parallel {0}"), self.node("join", "parallel {0}")
        for _ in range(self.random.randint(2, 3)):
            first, last = self.sequence(depth + 1, inside=inside)
            self.flow(fork, first)
            self.flow(last, join)
        behind = self.node("passed", "throw {0}")  # counts how often the join fired
        self.flow(join, behind)
        return fork, behind

    def loop(self, depth: int, *, inside: bool) -> Ends:
        merge = self.node("merge", "exclusive {0}")
        task = self.node("task", "user {0}")  # a loop that never waits is refused
        first, last = self.sequence(depth + 1, inside=inside)
        split, behind = self.name("split"), self.node("throw", "throw {0}")
        self.lines.append(f"exclusive {split} default={split}_{behind}")
        self.flow(merge, task, first)
        self.flow(last, split)
        self.flow(split, merge, condition=f"again_{split}")
        self.flow(split, behind)
        return merge, behind

    def events(self, depth: int, *, inside: bool) -> Ends:
        gateway, merge = self.node("events", "events {0}"), self.node("merge", "exclusive {0}")
        for kind in self.random.sample(["message", "timer", "message", "receive"], self.random.randint(2, 3)):
            event, _ = self.single(kind)
            first, last = self.sequence(depth + 1, inside=inside)
            self.flow(gateway, event, first)
            self.flow(last, merge)
        return gateway, merge

    def sub(self, depth: int, *, inside: bool) -> Ends:
        del inside
        sub = self.node("sub", "sub {0}")
        start, end = self.node("begin", "start {0}"), self.node("done", "end {0}")
        first, last = self.sequence(depth + 1, inside=True)
        self.flow(start, first)
        errors = self.random.random() < 0.5
        way = self.random.choice(["plain", "error" if errors else "plain", "terminate"])
        if way == "plain":
            self.flow(last, end)
        else:
            bad = self.name("bad")
            split = self.name("split")
            self.lines.append(f"exclusive {split} default={split}_{end}")
            self.lines.append(f"end {bad} terminate" if way == "terminate" else f"end {bad} error E_{sub}")
            self.flow(last, split)
            self.flow(split, bad, condition=f"is_{bad}")
            self.flow(split, end)
        self.lines.append("}")
        merge = self.node("merge", "exclusive {0}")
        self.flow(sub, merge)
        if way == "error":
            event = self.node("border", "boundary {0} on " + sub + f" error E_{sub}")
            after = self.node("task", "user {0}")
            self.flow(event, after, merge)
        if self.random.random() < 0.4:
            self.border(sub, merge)
        return sub, merge
