"""Pages of delegations: what one gave and holds, giving one, and one with what may be done about it."""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import quote

import msgspec

from douane.applications.accounts.messages import (
    CertificateNoted,
    CertificateRefused,
    DelegationLine,
    DelegationLines,
    DelegationRefused,
    KeyLine,
    KeyLines,
    KeysAllowed,
    Scope,
    is_account,
)
from douane.author import Fault, NotFound
from douane.author.pages import (
    Act,
    Block,
    Card,
    Column,
    Empty,
    Entry,
    Facts,
    Given,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Situation,
    Table,
    Tag,
    Text,
    Tone,
    Verbatim,
    Words,
    faulty,
    forms,
    outcome,
)

LIST: Final = "/delegations"
ONE: Final = "/delegations/{principal}/{delegate}"
_GIVING, _TAKING, _ENDING = (("accounts", each) for each in ("give", "take", "end"))
_TONES: Final = {"holds": Tone.GOOD, "waits for acceptance": Tone.WARN, "was ended": Tone.BAD}
_SCOPES: Final = {
    Scope.FULL: "Everything", Scope.CASES: "The cases that are named", Scope.OPERATIONS: "The operations that are named"
}  # fmt: skip


def lines(answer: DelegationLines, given: Given) -> Page:
    """What one gave and holds, also what is over."""
    words = given.words
    shown: Block = Empty(words.say("Nobody acts for you, and you act for nobody. Nothing said is nothing allowed."))
    if answer.lines:
        names = (words.plain("Whose business"), words.plain("Who acts"), words.plain("What for"), words.plain("State"))
        following = Link(words.plain("Next page"), f"{LIST}?after={answer.after}") if answer.after else None
        rows = tuple(_row(each, words) for each in answer.lines)
        shown = Table(words.plain("Delegations"), tuple(map(Column, names)), rows, following=following)
    card = Card("list", words.plain("Given and held"), (shown,))
    acts = Link(words.plain("What was done for you"), "/messages", "btn second")
    return Page(words.plain("Delegations"), (*_said(given), card, *forms(given)), acts=(acts,), faulty=faulty(given))


def one(answer: DelegationLines, given: Given) -> Page:
    """One delegation, and what its reader may do about it."""
    words = given.words
    crumbs = (Link(words.plain("Delegations"), LIST),)
    title = words.plain("Delegation")
    line = next(iter(answer.lines), None)
    if line is None:
        empty = Empty(words.say("There is no such delegation that you gave or hold."))
        return Page(title, (empty,), crumbs=crumbs)
    facts: list[tuple[str, Inline]] = [
        (words.plain("Whose business"), Ref(line.principal)), (words.plain("Who acts"), Ref(line.delegate)),
        (words.plain("What for"), words.model(_SCOPES[line.scope])),
    ]  # fmt: skip
    facts += (
        [(words.plain("Named"), ", ".join((*line.cases, *line.operations)))] if line.scope is not Scope.FULL else []
    )
    facts += [(words.plain("Roles"), ", ".join(line.roles))] if line.roles else []
    last = words.day(line.valid_to) if line.valid_to is not None else words.plain("until it is ended")
    facts += [(words.plain("First day"), words.day(line.valid_from)), (words.plain("Last day"), last)]
    onward = words.plain("yes") if line.onward else words.plain("no")
    facts.append((words.plain("Also for employees of the representative"), onward))
    for name, at in ((words.plain("Given"), line.given_at), (words.plain("Accepted"), line.accepted_at),
                     (words.plain("Ended"), line.ended_at)):  # fmt: skip
        facts += [(name, words.moment(at))] if at else []
    card = Card("facts", words.plain("What was agreed"), (Facts(tuple(facts)),))
    return Page(
        title, (*_said(given), card, *forms(given)), state=_state(line, words), crumbs=crumbs, faulty=faulty(given)
    )


def _row(each: DelegationLine, words: Words) -> Row:
    to = f"{LIST}/{quote(each.principal, safe='')}/{quote(each.delegate, safe='')}"
    return Row(
        (Ref(each.principal, to), Ref(each.delegate, to), words.model(_SCOPES[each.scope]), _state(each, words))
    )  # fmt: skip


def _state(each: DelegationLine, words: Words) -> Tag:
    return Tag(words.model(each.state), _TONES.get(each.state, Tone.WAIT))


def _said(given: Given, why: Inline = "") -> tuple[Block, ...]:
    """What became of the form that led here. why: a fresh proof is wanted; for delegations where nothing is said."""
    words = given.words
    if given.prove:
        again = Link(words.plain("Prove who you are"), given.prove, "btn second")
        others = words.say("What you may do here lets others act in your name. Prove again who you are, then go on.")
        return (Note("", why or others), Text(again))
    return outcome(given)


def _of_list(answer: DelegationLines, given: Given) -> Situation:
    """One may give a delegation in one's own name."""
    del answer
    tasks = frozenset({_GIVING}) if given.own and not is_account(given.own) and not given.by else frozenset()
    return Situation(tasks, {"principal": given.own, "today": given.today.isoformat(), "scope": Scope.FULL.value})


def _of_one(answer: DelegationLines, given: Given) -> Situation:
    """The delegate may accept what waits; either may end what is not over."""
    line = next(iter(answer.lines), None)
    known = {"principal": given.path.get("principal", ""), "delegate": given.path.get("delegate", "")}
    if line is None or given.by or line.state in ("was ended", "is over"):
        return Situation(frozenset(), known)
    taking = {_TAKING} if not line.accepted_at and line.principal != given.own else set()
    return Situation(frozenset({_ENDING} | taking), known)


# --- certificates of programs

KEYS: Final = "/keys"
KEY: Final = "/keys/{key}"
COMMAND: Final = "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout own.key -out own.csr"
SOON_DAYS: Final = 60
"""From when on it is said that a certificate runs out."""
_ASKING, _CONFIRMING, _WITHDRAWING = (("accounts", each) for each in ("ask", "confirm", "withdraw"))
_KEY_TONES: Final = {"holds": Tone.GOOD, "waits for confirmation": Tone.WARN, "was withdrawn": Tone.BAD}
_MICROSECONDS: Final = 1_000_000


def keys(answer: KeyLines, given: Given) -> Page:
    """The certificates of one's programs, with until when each holds."""
    words = given.words
    shown: Block = Empty(words.say("You have not asked for a certificate yet."))
    if answer.lines:
        names = (words.plain("Key"), words.plain("What the request says"), words.plain("Until"), words.plain("State"))
        following = Link(words.plain("Next page"), f"{KEYS}?after={answer.after}") if answer.after else None
        rows = tuple(
            Row((Ref(each.key[:16], f"{KEYS}/{each.key}"), ", ".join(each.says), _until(each, given),
                 _key_state(each, words)))
            for each in answer.lines
        )  # fmt: skip
        shown = Table(words.plain("Certificates"), tuple(map(Column, names)), rows, following=following)
    text = words.say(
        "A program enters by a certificate of its own. It makes a key, which never leaves it, and a request, which you "
        "paste here. The file own.csr that this command makes is the request:"
    )
    said = (Text(_how_many(answer.allowed, words)),) if answer.allowed is not None else ()
    card = Card("list", words.plain("Certificates of your programs"), (*said, shown))
    return Page(words.plain("Keys"), (*_said(given, _why(words)), Text(text), Verbatim(COMMAND), card, *forms(given)),
                faulty=faulty(given))  # fmt: skip


def key(answer: KeyLines, given: Given) -> Page:
    """What a request says, before it is confirmed; then its certificate, to keep."""
    words = given.words
    crumbs = (Link(words.plain("Keys"), KEYS),)
    title = words.plain("Certificate")
    line = next(iter(answer.lines), None)
    if line is None:
        return Page(title, (Empty(words.say("No program of yours has such a key.")),), crumbs=crumbs)
    facts: list[tuple[str, Inline]] = [
        (words.plain("Key"), Ref(line.key)), (words.plain("Kind of key"), line.kind),
        (words.plain("The request says"), "; ".join(line.says) or words.plain("nothing")),
        (words.plain("Issued for"), given.own), (words.plain("The program enters as"), line.client),
        (words.plain("Asked for"), words.moment(line.asked_at)),
    ]  # fmt: skip
    facts += [(words.plain("Issued"), words.moment(line.issued_at))] if line.issued_at else []
    facts += [(words.plain("Until"), _until(line, given))] if line.until else []
    facts += [(words.plain("Thumbprint"), Ref(line.thumbprint))] if line.thumbprint else []
    facts += [(words.plain("Withdrawn"), words.moment(line.withdrawn_at))] if line.withdrawn_at else []
    cards: list[Block] = [Card("facts", words.plain("What was read"), (Facts(tuple(facts)),))]
    if line.certificate:
        load = Link(words.plain("Download the certificate"), f"{KEYS}/{line.key}?format=file", "btn second")
        cards.append(Card("certificate", words.plain("The certificate"), (Text(load), Verbatim(line.certificate))))
    if not line.issued_at:
        note = words.say("Compare the key with that of your program. Nothing of what the request says of itself is "
                         "taken over: the certificate is of your firm, with the roles that it has.")  # fmt: skip
        cards.insert(0, Note("", note))
    return Page(title, (*_said(given, _why(words)), *cards, *forms(given)), state=_key_state(line, words),
                crumbs=crumbs, faulty=faulty(given))  # fmt: skip


def _how_many(of: KeysAllowed, words: Words) -> Inline:
    """What of what is allowed is taken, and what to do where nothing is left."""
    said = words.say(
        "%(held)s of %(most)s certificates are valid; %(asked)s of %(asking)s requests were made today.",
        held=of.held, most=of.most_held, asked=of.asked, asking=of.most_asked,
    )  # fmt: skip
    if of.held < of.most_held:
        return said
    return said, " ", words.say("Withdraw one that no program needs before you ask for another.")


def _why(words: Words) -> Inline:
    """Why a fresh proof is wanted here."""
    return words.say("What you may do here lets programs act in your name. Prove again who you are, then go on.")


def _until(each: KeyLine, given: Given) -> Inline:
    """Until when a certificate holds, with a warning where that is soon."""
    if not each.until:
        return ""
    words = given.words
    last = dt.datetime.fromtimestamp(each.until / _MICROSECONDS, dt.UTC).date()
    left = (last - given.today).days
    soon = each.state == "holds" and left < SOON_DAYS
    said = words.count("%(number)s day", "%(number)s days", max(left, 0))
    return (words.day(last), " ", Tag(said, Tone.WARN)) if soon else words.day(last)


def _key_state(each: KeyLine, words: Words) -> Tag:
    return Tag(words.model(each.state), _KEY_TONES.get(each.state, Tone.WAIT))


def _of_keys(answer: KeyLines, given: Given) -> Situation:
    """One may ask for a certificate in one's own name."""
    del answer
    tasks = frozenset({_ASKING}) if given.own and not is_account(given.own) and not given.by else frozenset()
    return Situation(tasks, {"owner": given.own})


def _of_key(answer: KeyLines, given: Given) -> Situation:
    """What waits is confirmed or taken back; what holds is withdrawn."""
    line = next(iter(answer.lines), None)
    known = {"owner": given.own, "key": given.path.get("key", "")}
    if line is None or given.by or line.withdrawn_at:
        return Situation(frozenset(), known)
    return Situation(frozenset({_WITHDRAWING} | (set() if line.issued_at else {_CONFIRMING})), known)


def _file(answer: KeyLines) -> tuple[str, bytes]:
    """The certificate with that of the authority, as programs read it. Raises NotFound where there is none."""
    line = next((each for each in answer.lines if each.certificate), None)
    if line is None:
        raise NotFound("No certificate was issued for this key.", remedy="Confirm the request first.")
    return f"{line.client}.pem", line.certificate.encode()


def _asked_at(type: str, body: bytes) -> str:
    """The page of the key that was asked for, where what was read is confirmed."""
    return f"{KEYS}/{msgspec.json.decode(body, type=CertificateNoted).key}" if type == CertificateNoted.__name__ else ""


def refused_certificate(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a certificate was not asked for, issued or withdrawn."""
    if type != CertificateRefused.__name__:
        return ()
    found = msgspec.json.decode(body, type=CertificateRefused)
    return tuple(Fault("/request", found.code, each) for each in found.reasons)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != DelegationRefused.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=DelegationRefused).reasons)


SCREENS: Final = (
    Screen("accounts.mine", LIST, lines, "Delegations", lambda given: {"after": given.query.get("after", "")},
           _of_list, place=3),
    Screen("accounts.mine", ONE, one, "",
           lambda given: {"principal": given.path.get("principal", ""), "delegate": given.path.get("delegate", "")},
           _of_one),
    Screen("accounts.certificates", KEYS, keys, "Keys", lambda given: {"after": given.query.get("after", "")},
           _of_keys, place=4),
    Screen("accounts.certificates", KEY, key, "", lambda given: {"key": given.path.get("key", "")}, _of_key,
           file=_file),
)  # fmt: skip
_OF_KEY: Final = {"owner": "owner", "key": "key"}
_BOTH: Final = {"principal": "principal", "delegate": "delegate"}
ACTS: Final = (
    Act(
        "accounts.delegate", "Give a delegation",
        (
            Entry("delegate"),
            Entry("scope", "scope", tuple(Option(scope.value, text) for scope, text in _SCOPES.items())),
            Entry("cases"), Entry("operations"), Entry("valid_from", "today"), Entry("valid_to"),
            Entry("onward", options=(Option("false", "No"), Option("true", "Yes"))),
        ),
        {"principal": "principal"}, refused, path=LIST, sensitive=True, tasks=frozenset({_GIVING}),
    ),
    Act("accounts.accept", "Accept the delegation", (), _BOTH, refused, path=ONE, sensitive=True,
        tasks=frozenset({_TAKING})),
    Act("accounts.end", "End the delegation", (), _BOTH, refused, path=ONE, tasks=frozenset({_ENDING})),
    Act("accounts.ask_certificate", "Ask for a certificate", (Entry("request"),),
        {"owner": "owner"}, refused_certificate, path=KEYS, sensitive=True, leads=_asked_at,
        tasks=frozenset({_ASKING})),
    Act("accounts.confirm_certificate", "Issue the certificate", (), _OF_KEY,
        refused_certificate, path=KEY, sensitive=True, tasks=frozenset({_CONFIRMING})),
    Act("accounts.withdraw_certificate", "Withdraw it", (), _OF_KEY, refused_certificate,
        path=KEY, tasks=frozenset({_WITHDRAWING})),
)  # fmt: skip
