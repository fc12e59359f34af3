"""Models as other tools write them, from a seed: languages, kinds of properties and relationships that are not ours."""

from __future__ import annotations

import random
from xml.sax.saxutils import escape

from douane.standards.archimate.language import CONCEPTS, JUNCTIONS, Relation, forbidden

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">\n<name xml:lang="en">A model</name>\n'
)
LANGUAGES = ("bg", "de", "el", "en", "fr", "mt", "sv")
SMALL = f"""{HEAD}<elements>
<element identifier="id-a" xsi:type="Capability"><name xml:lang="en">Transit</name></element>
<element identifier="id-b" xsi:type="Goal"><name xml:lang="en">Trade flows</name>
<properties><property propertyDefinitionRef="p-1"><value>x</value></property></properties></element>
</elements>
<relationships>
<relationship identifier="id-r" source="id-a" target="id-b" xsi:type="Realization"/>
</relationships>
<organizations><item><label>Mine</label><item identifierRef="id-a"/></item></organizations>
<propertyDefinitions>
<propertyDefinition identifier="p-1" type="string"><name>cost centre</name></propertyDefinition>
</propertyDefinitions>
<views><diagrams>
<view identifier="id-v" xsi:type="Diagram"><name>A view</name>
<node identifier="id-n" elementRef="id-a" xsi:type="Element" x="1" y="2" w="120" h="55"/>
<node identifier="id-o" elementRef="id-b" xsi:type="Element" x="200" y="2" w="120" h="55"/>
<connection identifier="id-c" relationshipRef="id-r" xsi:type="Relationship" source="id-n" target="id-o"/>
</view>
</diagrams></views>
</model>
"""


def foreign(seed: int, elements: int) -> bytes:
    """A model of so many elements, with as many relationships, every seventh of which leads to a relationship."""
    chance = random.Random(seed)
    concepts = sorted(CONCEPTS - JUNCTIONS)
    chosen = [chance.choice(concepts) for _ in range(elements)]
    parts = [HEAD, '<x:origin xmlns:x="urn:other-tool" version="7"><x:by>another</x:by></x:origin>\n']
    parts.append("<metadata><schema>Dublin Core</schema></metadata>\n<elements>\n")
    parts += [_element(n, concept, chance) for n, concept in enumerate(chosen)]
    parts.append("</elements>\n<relationships>\n")
    made = 0
    while made < elements:
        source, target = chance.randrange(elements), chance.randrange(elements)
        relation = chance.choice(tuple(Relation))
        end = f"id-{target}"
        if made and made % 7 == 0:
            relation, end = Relation.ASSOCIATION, f"id-r{chance.randrange(made)}"
        elif forbidden(relation, chosen[source], chosen[target]):
            continue
        strength = ' modifier="++"' if relation is Relation.INFLUENCE else ""
        parts.append(
            f'<relationship identifier="id-r{made}" source="id-{source}" target="{end}" '
            f'xsi:type="{relation.value}"{strength}>{_properties(chance)}</relationship>\n'
        )
        made += 1
    parts.append("</relationships>\n<organizations>\n")
    parts += [f'<item identifierRef="id-{n}"/>\n' for n in range(0, elements, 10)]
    parts.append("</organizations>\n<propertyDefinitions>\n")
    parts += [
        f'<propertyDefinition identifier="p-{n}" type="string"><name>eira:PURI {n}</name></propertyDefinition>\n'
        for n in range(20)
    ]
    parts.append('</propertyDefinitions>\n<views><diagrams><view identifier="id-v" xsi:type="Diagram"><name>V</name>\n')
    parts += [
        f'<node identifier="id-n{n}" elementRef="id-{n}" xsi:type="Element" x="0" y="{n}" w="1" h="1"/>\n'
        for n in range(0, elements, 25)
    ]
    parts.append("</view></diagrams></views>\n</model>\n")
    return "".join(parts).encode()


def _element(number: int, concept: str, chance: random.Random) -> str:
    names = "".join(
        f'<name xml:lang="{each}">{escape(f"Ωmega & <{number}> {each}")}</name>'
        for each in chance.sample(LANGUAGES, chance.randint(1, len(LANGUAGES)))
    )
    text = '<documentation xml:lang="el">Κείμενο\nδύο</documentation>' if number % 3 == 0 else ""
    return f'<element identifier="id-{number}" xsi:type="{concept}">{names}{text}{_properties(chance)}</element>\n'


def _properties(chance: random.Random) -> str:
    held = "".join(
        f'<property propertyDefinitionRef="p-{n}"><value xml:lang="{chance.choice(LANGUAGES)}">v{chance.random()}'
        "</value><value/></property>"
        for n in chance.sample(range(20), chance.randrange(4))
    )
    return f"<properties>{held}</properties>" if held else ""
