"""What a trader of a crash run collected of its movements, and which of its messages has its turn next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from crash.cases import case_of
from crash.messages import Case, Message, case_and_sequence

Known = Callable[[Message, str], bool]
"""Whether the office of a message knows the movement of this MRN, as its sender sees it."""


@dataclass(slots=True)
class Ways:
    """The movements of one trader that go on after their release, and what it collected about each."""

    cases: dict[str, Case] = field(default_factory=dict)
    """By MRN, as soon as it is told."""
    mrns: dict[str, str] = field(default_factory=dict)
    """By the name of the case."""
    seen: dict[str, set[str]] = field(default_factory=dict)
    left: deque[tuple[Case, list[Message]]] = field(default_factory=deque)

    def begin(self, case: Case) -> None:
        """A case was sent as far as its lodging; the rest waits for its turn."""
        self.seen[case.name] = set()
        if case.onward:
            self.left.append((case, list(case.onward)))

    def took(self, type: str, answers: str, mrn: str) -> str:
        """Note what was collected; which message of ours it answers, also where it only names the movement."""
        if answers:
            name, _ = case_and_sequence(answers)
            if mrn and mrn not in self.cases:
                self.cases[mrn], self.mrns[name] = case_of(name), mrn
        elif mrn in self.cases:
            case = self.cases[mrn]
            name = case.name
            wanted = zip(case.messages, case.answers, strict=True)
            answers = next((message.id for message, types in wanted if type in types), "")
        else:
            return ""
        self.seen.setdefault(name, set()).add(type)
        return answers

    def next(self, known: Known) -> Message | None:
        """A message whose turn it is; asks for one movement at most, those that wait longest first."""
        for _ in range(len(self.left)):
            case, left = self.left.popleft()
            message = left[0]
            mrn = self.mrns.get(case.name, "")
            ready = bool(mrn) and (not message.needs or message.needs in self.seen[case.name])
            if ready and (not message.office or known(message, mrn)):
                if left[1:]:
                    self.left.append((case, left[1:]))
                return message.about(mrn)
            self.left.append((case, left))
            if ready:
                return None
        return None
