"""Canonical XML: the octets that are digested. Exclusive, without comments; inclusive where a policy says so.

libxml2 makes them, except where the default namespace stands in a prefix list: lxml hands on only what some document of
the process has as a name, and whether ``#default`` is one is chance. There they are written here.

Inclusive canonicalisation costs more than the square of the namespaces in scope, and so does a long prefix list of the
exclusive one: both are bounded before libxml2 sees them. The bound on namespaces in scope is the parser's
(``standards/xml/reading.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast
from xml.parsers import expat

from lxml import etree

from douane.standards.xml_signature import names
from douane.vocabulary.errors import AlgorithmRefused, BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

PREFIXES: Final = 16
DEFAULT: Final = "#default"
"""The default namespace in a prefix list (Exclusive XML Canonicalization, 4)."""
_PREFIX_LIST: Final = f"{{{names.EXCLUSIVE}}}InclusiveNamespaces"


_PLAIN: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True, slots=True)
class Canonical:
    """How to canonicalise: exclusive with a few prefixes treated inclusively, or inclusive."""

    exclusive: bool = True
    prefixes: tuple[str, ...] = ()

    def octets(self, node: _Element) -> bytes:
        """The canonical octets of an element and what it holds. Raises BadSignature for what has no canonical form."""
        if not self.exclusive and node.getparent() is not None:
            # lxml undeclares the default namespace of an inner element's children: written anew it has no such parent
            node = etree.fromstring(etree.tostring(node, with_tail=False), _PLAIN)
        return self._form(node)

    def document(self, root: _Element) -> bytes:
        """The canonical octets of a whole document, processing instructions beside its root included."""
        return self._form(cast("_Element", root.getroottree()))

    def _form(self, node: _Element) -> bytes:
        if DEFAULT in self.prefixes:
            return _Written({"" if each == DEFAULT else each for each in self.prefixes}).octets(
                etree.tostring(node, with_tail=False)
            )
        try:
            # The stubs of lxml know no c14n parameters of tostring.
            return cast("bytes", cast("Any", etree).tostring(
                node, method="c14n", exclusive=self.exclusive, with_comments=False, with_tail=False,
                inclusive_ns_prefixes=list(self.prefixes) or None,
            ))  # fmt: skip
        except (etree.C14NError, ValueError) as problem:
            raise _no_form() from problem


EXCLUSIVE: Final = Canonical()


def read_canonical(element: _Element, *, inclusive: bool) -> Canonical:
    """The method that a CanonicalizationMethod or Transform element names. Raises AlgorithmRefused for any other.

    Inclusive forms 1.0 and 1.1 differ only about attributes of the namespace xml above what is signed: whoever accepts
    them refuses those.
    """
    name = element.get("Algorithm", "")
    children = list(element)
    if name in (names.INCLUSIVE, names.INCLUSIVE_11) and inclusive and not children:
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
    return Canonical(prefixes=prefixes)


class _Written:
    """The exclusive canonical form of one element with these prefixes treated inclusively, written as it is parsed.

    A namespace is declared where it is used, or treated inclusively, and the nearest element around declares another.
    """

    def __init__(self, prefixes: set[str]) -> None:
        self._prefixes = prefixes
        self._out: list[str] = []
        self._around: list[tuple[dict[str, str], dict[str, str]]] = [({"": ""}, {"": ""})]  # in scope, declared

    def octets(self, element: bytes) -> bytes:
        """An element or document as libxml2 writes it: with all namespaces in scope. Raises BadSignature."""
        parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = lambda text: self._out.append(_escaped(text, (("<", "&lt;"), (">", "&gt;"))))
        parser.ProcessingInstructionHandler = self._instruction
        parser.Parse(element, True)
        return "".join(self._out).encode()

    def _start(self, name: str, pairs: list[str]) -> None:
        scope, declared = self._around[-1]
        stated = dict(zip(pairs[::2], pairs[1::2], strict=True))
        own = {each[6:]: stated.pop(each) for each in list(stated) if each == "xmlns" or each.startswith("xmlns:")}
        if any(uri and ":" not in uri for uri in own.values()):
            raise _no_form()
        scope = {**scope, **own}
        used = {each.partition(":")[0] for each in stated if ":" in each} | {name.rpartition(":")[0]}
        used = (used | self._prefixes & scope.keys()) - {"xml"}
        fresh = sorted((p, scope[p]) for p in used if declared.get(p) != scope[p])
        ordered = sorted(stated, key=lambda each: _place(each, scope))
        written = [(f"xmlns:{p}" if p else "xmlns", uri) for p, uri in fresh] + [(n, stated[n]) for n in ordered]
        self._out.append(f"<{name}" + "".join(f' {n}="{_escaped(v, _IN_VALUES)}"' for n, v in written) + ">")
        self._around.append((scope, {**declared, **dict(fresh)}))

    def _instruction(self, target: str, data: str) -> None:
        """Beside the root each has a line of its own."""
        outside, begun = len(self._around) == 1, any(each.startswith("</") for each in self._out)
        text = f"<?{target}{data and ' '}{data}?>"
        self._out.append(text if not outside else f"\n{text}" if begun else f"{text}\n")

    def _end(self, name: str) -> None:
        self._around.pop()
        self._out.append(f"</{name}>")


def _no_form() -> BadSignature:
    return BadSignature("What was signed has no canonical form.", remedy="Use absolute namespaces.")


_IN_VALUES: Final = (("<", "&lt;"), ('"', "&quot;"), ("\t", "&#x9;"), ("\n", "&#xA;"))


def _escaped(text: str, signs: tuple[tuple[str, str], ...]) -> str:
    for sign, written in (("&", "&amp;"), *signs, ("\r", "&#xD;")):
        text = text.replace(sign, written)
    return text


def _place(attribute: str, scope: dict[str, str]) -> tuple[str, str]:
    """Attributes stand in the order of namespace and local name; those without a prefix have none."""
    prefix, colon, local = attribute.rpartition(":")
    if prefix == "xml":
        return "http://www.w3.org/XML/1998/namespace", local
    return scope[prefix] if colon else "", local
