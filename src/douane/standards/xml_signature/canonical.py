"""Canonical XML: the octets that are digested. Exclusive, without comments; inclusive where a policy says so.

Inclusive canonicalisation costs more than the square of the namespaces in scope, and so does a long prefix list of the
exclusive one: both are bounded before libxml2 sees them. The bound on namespaces in scope is the parser's
(``standards/xml/reading.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from douane.standards.xml_signature import names
from douane.vocabulary.errors import AlgorithmRefused, BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

PREFIXES: Final = 16
_PREFIX_LIST: Final = f"{{{names.EXCLUSIVE}}}InclusiveNamespaces"


@dataclass(frozen=True, slots=True)
class Canonical:
    """How to canonicalise: exclusive with a few prefixes treated inclusively, or inclusive."""

    exclusive: bool = True
    prefixes: tuple[str, ...] = ()

    def octets(self, node: _Element) -> bytes:
        """The canonical octets of an element and what it holds. Raises BadSignature for what has no canonical form."""
        try:
            # The stubs of lxml know no c14n parameters of tostring.
            return cast("bytes", cast("Any", etree).tostring(
                node, method="c14n", exclusive=self.exclusive, with_comments=False, with_tail=False,
                inclusive_ns_prefixes=list(self.prefixes) or None,
            ))  # fmt: skip
        except (etree.C14NError, ValueError) as problem:
            raise BadSignature("What was signed has no canonical form.", remedy="Use absolute namespaces.") from problem

    def document(self, root: _Element) -> bytes:
        """The canonical octets of a whole document, processing instructions beside its root included."""
        return self.octets(cast("_Element", root.getroottree()))


EXCLUSIVE: Final = Canonical()


def read_canonical(element: _Element, *, inclusive: bool) -> Canonical:
    """The method that a CanonicalizationMethod or Transform element names. Raises AlgorithmRefused for any other."""
    name = element.get("Algorithm", "")
    children = list(element)
    if name == names.INCLUSIVE and inclusive and not children:
        return Canonical(exclusive=False)
    if name != names.EXCLUSIVE:
        raise AlgorithmRefused(
            f"{name or 'An unnamed transform'} is not accepted.", remedy=f"Canonicalise by {names.EXCLUSIVE}."
        )
    if not children:
        return EXCLUSIVE
    if len(children) != 1 or children[0].tag != _PREFIX_LIST:
        raise AlgorithmRefused("The canonicalisation has parameters of its own.", remedy="Leave them out.")
    prefixes = tuple(children[0].get("PrefixList", "").split())
    if len(prefixes) > PREFIXES:
        raise AlgorithmRefused(
            f"A prefix list of {len(prefixes)} prefixes is too long.", remedy=f"Name at most {PREFIXES}."
        )
    return Canonical(prefixes=prefixes)  # libxml2 itself knows what #default means
