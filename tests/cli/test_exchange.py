"""``douane architecture``: the product's own model through the command, in each format, and what comes back."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path
from typing import Any

import pytest

from douane.configuration import discovery
from douane.model.discovery import services
from douane.model.graph import NodeKind
from douane.pages.catalogue import terms
from douane.reference_architecture.exchange.archimate import model_of
from douane.standards.archimate.reading import read
from douane.standards.archimate.tests.models import SMALL
from tests.cli.nodes import Printed, answer, refused, said

ROOT = Path(__file__).parents[2]
SHAPES = ROOT.parent / "shared/data/cpsv-ap/cpsv-ap-3.2.0-SHACL.ttl"


MINE = '<element identifier="id-mine" xsi:type="Driver"><name xml:lang="mt">Tieghi</name></element></elements>'


def test_the_whole_model_goes_out_and_comes_back_with_what_an_architect_added(capsys: Printed, tmp_path: Path) -> None:
    file, kept = tmp_path / "model.xml", tmp_path / "kept.xml"
    told = answer(capsys, "architecture", "export", "archimate", "--out", str(file))
    assert told["octets"] == file.stat().st_size
    found, model = model_of(read(file.read_bytes())), discovery.installed_model()
    assert found.hash == model.hash
    assert set(found.edges) == set(model.edges)
    file.write_text(file.read_text().replace("</elements>", MINE))
    told = answer(capsys, "architecture", "import", str(file), "--out", str(kept))
    assert (told["foreign elements"], told["ours, different"]) == (1, [])
    assert MINE.removesuffix("</elements>") in kept.read_text()
    assert said(capsys, "architecture", "diff", str(kept), ".", code=1) == "- #id-mine Tieghi\n1 difference.\n"


def test_an_operation_that_is_gone_is_named_and_its_neighbours_are_not(capsys: Printed, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    said(capsys, "model", "export", str(file))
    content = json.loads(file.read_text())
    gone = "operation:transit.find_movement"
    content["nodes"] = [each for each in content["nodes"] if each["id"] != gone]
    content["edges"] = [each for each in content["edges"] if gone not in (each["source"], each["target"])]
    file.write_text(json.dumps(content))
    found = answer(capsys, "architecture", "diff", ".", str(file), code=1)
    elements = [each for each in found if "|" not in each["id"]]
    assert [(each["became"], each["id"]) for each in elements] == [("gone", gone)]
    assert all(gone in each["id"] for each in found)


def test_a_file_that_does_not_fit_is_refused_whole(capsys: Printed, tmp_path: Path) -> None:
    file, kept = tmp_path / "model.xml", tmp_path / "kept.xml"
    file.write_text(SMALL.replace("Capability", "Kapability"))
    text = refused(capsys, "architecture", "import", str(file), "--out", str(kept))
    assert str(file) in text
    assert "line 5, element id-a (A04): Name a concept of ArchiMate 3.2" in text
    assert not kept.exists()
    assert str(file) in refused(capsys, "architecture", "export", "archimate", "--keep", str(file), "--out", str(kept))
    assert not kept.exists()


def test_what_is_kept_is_in_the_next_export(capsys: Printed, tmp_path: Path) -> None:
    file, out = tmp_path / "kept.xml", tmp_path / "model.xml"
    file.write_text(SMALL)
    said(capsys, "architecture", "export", "archimate", "--keep", str(file), "--out", str(out))
    document = read(out.read_bytes())
    assert {"id-a", "id-b"} <= {each.id for each in document.elements}
    assert 'identifierRef="id-a"' in "".join(document.organizations)
    assert model_of(document).hash == discovery.installed_model().hash


def test_the_catalogue_of_services_is_valid_by_the_official_shapes(capsys: Printed, tmp_path: Path) -> None:
    if not SHAPES.exists() and "CI" not in os.environ:
        pytest.skip("the official shapes are not beside the checkout (../shared/data/cpsv-ap)")
    file = tmp_path / "services.ttl"
    said(capsys, "architecture", "export", "cpsv-ap", "--out", str(file))
    assert conforms(file.read_text())
    assert not conforms(file.read_text().replace("cv:hasCompetentAuthority", "cv:hasAuthority"))


def test_the_catalogue_holds_every_service_with_its_rules_and_languages(capsys: Printed) -> None:
    text = said(capsys, "architecture", "export", "cpsv-ap", "--base", "https://customs.example/")
    for each in services():
        assert f"<https://customs.example/service/{each.name.replace('_', '-')}> a cpsv:PublicService;" in text
    rules = discovery.installed_model().of(NodeKind.RULE)
    assert text.count(" a cpsv:Rule;") == len(rules)
    assert said(capsys, "architecture", "export", "cpsv-ap", "--base", "https://customs.example/") == text


def conforms(turtle: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries of the check
        from pyshacl import validate
        from rdflib import Graph

        data, shapes = Graph().parse(data=turtle, format="turtle"), Graph().parse(SHAPES, format="turtle")
        return bool(validate(data, shacl_graph=shapes)[0])


def test_the_words_of_the_law_are_a_concept_scheme_in_every_language(capsys: Printed) -> None:
    from rdflib import Graph
    from rdflib.namespace import RDF, SKOS

    graph = Graph().parse(data=said(capsys, "architecture", "export", "skos"), format="turtle")
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(terms()), "no two words have one address"
    assert set(graph.subjects(SKOS.inScheme, scheme)) == concepts
    labels = [each for concept in concepts for each in graph.objects(concept, SKOS.prefLabel)]
    assert {(str(each), each.language) for each in labels} == {  # type: ignore[attr-defined]
        (word, language) for term in terms().values() for language, word in term.words.items() if word
    }


def test_services_and_code_lists_are_a_catalogue_of_data(capsys: Printed) -> None:
    from rdflib import Graph
    from rdflib.namespace import DCAT, DCTERMS, RDF

    assert "--door" in refused(capsys, "architecture", "export", "dcat-ap")
    doors = ("--door", "speed2=https://localhost:8443", "--door", "ccn2=https://localhost:8444/")
    graph = Graph().parse(data=said(capsys, "architecture", "export", "dcat-ap", *doors), format="turtle")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    offered = set(graph.subjects(RDF.type, DCAT.DataService))
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert set(graph.objects(catalogue, DCAT.service)) == offered
    assert set(graph.objects(catalogue, DCAT.dataset)) == sets
    assert {str(name) for each in offered for name in graph.objects(each, DCTERMS.identifier)} >= {
        "transit",
        "programme",
    }
    assert len(sets) > 50
    of = {str(graph.value(each, DCTERMS.identifier)): each for each in offered}
    assert {str(each) for each in graph.objects(of["transit"], DCAT.endpointURL)} == {
        "https://localhost:8443/transit/v1", "https://localhost:8444/transit/v1",
    }  # fmt: skip
    assert all(str(each).startswith("https://localhost:844") for each in graph.objects(None, DCAT.endpointURL))
    assert set(graph.objects(of["reference_data"], DCAT.servesDataset)) == sets
    for each in sets:
        (way,) = graph.objects(each, DCAT.distribution)
        assert graph.value(way, DCAT.accessService) == of["reference_data"]
        assert "https://localhost:8443/reference_data/v1/look_up" in map(str, graph.objects(way, DCAT.accessURL))
    for each in (*offered, *sets, catalogue):
        assert list(graph.objects(each, DCTERMS.title)), each
        assert list(graph.objects(each, DCTERMS.description)), each


def test_the_self_assessment_is_told_with_what_is_open(capsys: Printed) -> None:
    found = {each["recommendation"]: each for each in answer(capsys, "architecture", "eif")}
    assert sorted(found) == list(range(1, 48))
    assert found[20]["evidence"] == ["requirement:REQ-BUS-007"]
    assert all(each["evidence"] or each["open"] for each in found.values())
    assert "open data" in said(capsys, "architecture", "eif")


def test_queues_and_events_are_described_from_our_side(capsys: Printed) -> None:
    found = json.loads(said(capsys, "architecture", "export", "asyncapi"))
    assert found["asyncapi"] == "3.0.0"
    assert found["channels"]["core_centre"]["address"] == "CORE-RCT-NCTS.EU"
    assert found["channels"]["core_administration"]["address"] == "CORE-RCT-NCTS.{administration}"
    received = {name for name, each in found["operations"].items() if each["action"] == "receive"}
    assert "transit_announce_arrival" not in received
    assert {each.partition("_")[0] for each in received} >= {"transit", "availability", "statistics"}
    assert found["operations"]["transit_movement_final"]["action"] == "send"
    every = list(references(found))
    assert len(every) > 70
    assert [each for each in every if not resolves(found, each)] == []


def references(value: Any) -> Any:
    """Every reference in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def resolves(document: dict[str, Any], reference: str) -> bool:
    place: Any = document
    for part in reference.removeprefix("#/").split("/"):
        if not isinstance(place, dict) or part not in place:
            return False
        place = place[part]
    return True


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["architecture"], "export|import|snapshot|declare|interfaces|diff"),
        (["architecture", "export", "visio"], "knows no"),
        (["architecture", "import", "no-such-file.xml"], "no-such-file.xml: No such file"),
        (["architecture", "import", "src"], "Name a file."),
        (["architecture", "import", "pyproject.toml"], "pyproject.toml: The document is not well-formed"),
    ],
)
def test_nonsense_is_answered_helpfully(arguments: list[str], says: str, capsys: Printed) -> None:
    assert says in refused(capsys, *arguments)


def test_a_library_is_a_catalogue_of_assets_whatever_stands_in_it(tmp_path: Path, capsys: Printed) -> None:
    from rdflib import Graph, URIRef
    from rdflib.namespace import DCAT, DCTERMS, RDF

    bundle = {"version": "1.0", "address": "https://x.eu/1.tar", "digest": "ab" * 32, "octets": 9, "on": "2026-11-02"}
    first = {"initiative": "shared", "owner": "FR", "title": 'A "title"', "text": "Text \\ .", "kind": "application",
             "licence": "EUPL-1.2", "results": [bundle | {"version": "1.1"}, bundle]}  # fmt: skip
    hostile = first | {"initiative": "x> a <y", "licence": "<z>", "title": "T\n.", "results": [
        bundle | {"version": "1> .", "address": "https://x.eu/> . <a", "digest": '"^^x'}]}  # fmt: skip
    file = tmp_path / "library.json"
    file.write_text(json.dumps({"initiatives": [first, hostile], "known": 2}))
    graph = Graph().parse(data=said(capsys, "architecture", "export", "adms", "--library", str(file)), format="turtle")
    adms = "http://www.w3.org/ns/adms#"
    assets = set(graph.subjects(RDF.type, URIRef(f"{adms}Asset")))
    assert len(assets) == 2 + 3
    for each in assets:
        assert list(graph.objects(each, DCTERMS.license))
        assert list(graph.objects(each, DCTERMS.publisher))
    bundles = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert {str(size) for each in bundles for size in graph.objects(each, DCAT.byteSize)} == {"9"}
    assert len(bundles) == 3
    (newest,) = (each for each in assets if str(each).endswith("shared/1.1"))
    (before,) = graph.objects(newest, URIRef(f"{adms}prev"))
    assert str(before).endswith("shared/1.0")
    assert not [each for each in graph.subjects() if str(each) in {"y", "a"}]


def test_what_is_no_library_is_named_and_nothing_is_written(tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "out.ttl"
    (tmp_path / "other.json").write_text('{"initiatives": 3}')
    for more in ([], ["--library", str(tmp_path / "none.json")], ["--library", str(tmp_path / "other.json")]):
        assert "library" in refused(capsys, "architecture", "export", "adms", "--out", str(out), *more)
    assert not out.exists()
