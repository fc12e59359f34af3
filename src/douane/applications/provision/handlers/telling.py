"""Where cases are kept: what providers tell of their names, and what of that the centre believes."""

from __future__ import annotations

from collections.abc import Mapping

from douane.applications.provision.contract import Provision
from douane.applications.provision.handlers.choosing import UNION, known_choices, pass_over
from douane.applications.provision.messages import CaseBegan, CaseElsewhere
from douane.applications.provision.records import Telling, Told, chosen
from douane.applications.provision.rules import telling as rules
from douane.author import Instant, Provided
from douane.author.run import ACKNOWLEDGED, Work, handles
from douane.model import discovery
from douane.runtime.core.relaying import begun_with, kept_by, name_of, told_by


@handles(Provision.learn, reads=(Telling,), refuse=pass_over)
def learn(work: Work, m: CaseElsewhere) -> None:
    """Keep that a name leads to a case of the provider who says so, where he may and has not said too much.

    Whoever serves no longer gives no name to what has one. The present provider does, unless the centre saw the case
    begin elsewhere: what opens there takes the place of what a former one told.
    """
    if work.get(Telling) is None:
        work.put(Telling(m.administration))
    provided = Provided(chosen(each) for each in known_choices(work, m.administration))
    operation = rules.issued_by(m, provided=provided, issues=_issues(), now=Instant(work.now))
    if not operation:
        return
    providers = provided.providers(m.administration, operation, Instant(work.now))
    name = name_of(m.administration, m.kind, m.value)
    asked = (
        {each.provider for each in provided.of(m.administration)} if providers[:1] != (m.provider,) else {m.provider}
    )
    if _known(work, name, asked) or any(work.resolve(begun_with(each), name) for each in providers):
        return
    if _counted(work, m):
        work.elsewhere.append((told_by(m.provider), name))


@handles(Provision.tell)
def tell(work: Work, m: CaseBegan) -> None:
    """Tell the centre."""
    said = CaseElsewhere(provider=m.node, administration=m.administration, kind=m.kind, value=m.value,
                         operation=m.operation, began=m.began)  # fmt: skip
    work.send(said, f"NTA.{UNION}")


def _known(work: Work, name: str, providers: set[str]) -> bool:
    """Whether a name leads to one of these by what was told."""
    return any(work.resolve(kind(each), name) is not None for each in providers for kind in (told_by, kept_by))


def _counted(work: Work, m: CaseElsewhere) -> bool:
    """Count one name more, where the provider may tell another one."""
    kept = work.get(Telling) or Telling(m.administration)
    told = {each.provider: each for each in kept.told}
    last = told.get(m.provider) or Told(m.provider)
    acknowledged = work.counted(m.administration, ACKNOWLEDGED).get(m.provider, 0)
    now = rules.within(work.today().toordinal(), told=(last.day, last.today, last.beyond), acknowledged=acknowledged)
    if now is None:
        return False
    told[m.provider] = Told(m.provider, *now)
    work.put(Telling(m.administration, tuple(told.values())))
    return True


def _issues() -> Mapping[str, tuple[str, ...]]:
    """The kinds of names that offices make, by the operation that opens their cases."""
    return {each.qualified: each.issues for service in discovery.services() for each in service.operations}
