#!/usr/bin/env python3
"""Read what `annotate` writes with the programs it is written for: spaCy and a JSON-LD processor.

usage: formats.py TOPONORM PATH …

Needs spaCy and PyLD, which .ci/run installs for it (half a minute, 350 MB). By hand:
    python3 -m venv /tmp/formats && /tmp/formats/bin/pip install spacy pyld && /tmp/formats/bin/python .ci/formats.py target/release/toponorm tests/readme/*.txt
What is missing is said, and the exit code is 1: nothing counts as checked that was not.
"""
import json, subprocess, sys

OA = "http://www.w3.org/ns/oa#"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
GEOMETRY = "https://purl.org/geojson/vocab#geometry"


def context():
    """Of the context at http://www.w3.org/ns/anno.jsonld the terms that we write: no network is needed."""
    iri = lambda name: {"@id": OA + name, "@type": "@id"}
    term = lambda name: {"@id": OA + name, "@type": "@vocab"}
    classes = ["Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector", "Choice"]
    motivations = ["identifying", "tagging", "classifying", "describing", "editing"]
    activity, terms = "http://www.w3.org/ns/activitystreams#", {"id": "@id", "type": "@type"}
    terms |= {name: OA + name for name in classes + motivations + ["exact", "prefix", "suffix", "start", "end"]}
    terms |= {"body": iri("hasBody"), "target": iri("hasTarget"), "source": iri("hasSource"), "selector": iri("hasSelector")}
    terms |= {"motivation": term("motivatedBy"), "purpose": term("hasPurpose")}
    terms |= {"AnnotationPage": activity + "OrderedCollectionPage", "Software": activity + "Application", "value": RDF_VALUE}
    terms |= {"items": {"@id": activity + "items", "@type": "@id", "@container": "@list"}}
    terms |= {"format": "http://purl.org/dc/elements/1.1/format", "name": "http://xmlns.com/foaf/0.1/name"}
    terms |= {"generator": {"@id": activity + "generator", "@type": "@id"}}
    return {"@context": terms}


def annotate(format, *more):
    toponorm, *paths = sys.argv[1:]
    run = subprocess.run([toponorm, "annotate", "--format", format, *more, *paths], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def mentions():
    return sum(len(json.loads(line)["mentions"]) for line in annotate("jsonl").splitlines())


def check_spacy():
    import spacy
    from spacy.tokens import DocBin
    from spacy.util import filter_spans

    nlp, docs = spacy.blank("en"), DocBin()
    for line in annotate("spacy").split("\n")[:-1]:
        record = json.loads(line)
        doc = nlp.make_doc(record["text"])
        spans = [
            doc.char_span(s["start"], s["end"], label=s["label"], kb_id=s.get("id", ""), alignment_mode="expand")
            for s in record["spans"]
        ]
        doc.ents = filter_spans(spans)
        docs.add(doc)
    again = list(DocBin().from_bytes(docs.to_bytes()).get_docs(nlp.vocab))
    return sum(len(doc.ents) for doc in again)


def check_web_annotation():
    from pyld import jsonld

    def load(url, options):
        if url != "http://www.w3.org/ns/anno.jsonld":
            raise ValueError(f"{url} is not to be fetched")
        return {"contextUrl": None, "documentUrl": url, "document": context()}

    page = json.loads(annotate("webannotation"))
    expanded = jsonld.expand(page, {"documentLoader": load, "base": "https://example.org/"})
    items = expanded[0]["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    for item, written in zip(items, page["items"], strict=True):
        assert item["@type"] == [OA + "Annotation"], item
        assert len(item[OA + "hasBody"]) == len(written["body"]), item
        position, quote = item[OA + "hasTarget"][0][OA + "hasSelector"]
        assert quote[OA + "exact"][0]["@value"] and OA + "start" in position, item
        assert any("geometry" in body for body in written["body"]) == any(GEOMETRY in body for body in item[OA + "hasBody"])
    triples = jsonld.to_rdf(page, {"documentLoader": load, "base": "https://example.org/"})["@default"]
    # A term that no context knows is dropped in silence: as many as are written must come out.
    positions = [t for t in triples if t["predicate"]["value"] == OA + "start"]
    assert len(positions) == len(page["items"]), len(positions)
    return len(items)


failed = 0
for name, check in [("spaCy", check_spacy), ("JSON-LD (PyLD)", check_web_annotation)]:
    try:
        found, expected = check(), mentions()
        print(f"{name}: {found} of {expected} mentions read")
        failed |= found != expected
    except ImportError as error:
        print(f"{name}: NOT CHECKED, {error}")
        failed = 1
sys.exit(failed)
