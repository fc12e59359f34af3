"""Which element of the model a person means; what to offer where the name is unknown or means several things."""

from __future__ import annotations

import difflib

from douane.model.graph import ApplicationModel, Node
from douane.vocabulary.errors import NotFound

_MOST = 8


def meant(model: ApplicationModel, name: str) -> Node:
    """The one element of this name. Raises NotFound that lists what the name may mean, or what is spelt like it."""
    found = model.named(name)
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(n.id for n in found)[:_MOST])
        raise NotFound(f"{name} means {len(found)} things.", remedy=f"Name one of them: {ids}.")
    near = close(model, name)
    hint = f"Do you mean {', '.join(near)}?" if near else "List what there is: douane model show."
    raise NotFound(f"The model has nothing called {name[:80]!r}.", remedy=hint)


def close(model: ApplicationModel, name: str) -> list[str]:
    """Ids whose name contains what was said, or is spelt nearly so; the best first."""
    said = name.lower().rpartition(":")[2]
    if not said:
        return []
    ids: dict[str, list[str]] = {}
    for node in model:
        for each in {node.name.lower(), node.name.lower().rpartition(".")[2]}:
            ids.setdefault(each, []).append(node.id)
    likely = [each for each in ids if len(said) > 2 and said in each]
    likely.sort(key=lambda each: (not each.startswith(said), len(each), each))
    likely += [each for each in difflib.get_close_matches(said, ids, n=_MOST, cutoff=0.7) if each not in likely]
    return list(dict.fromkeys(id for each in likely for id in ids[each]))[:_MOST]
