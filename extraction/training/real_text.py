"""Real text to annotate: pick records of the public sets, and keep the labels without the text.

    python extraction/training/real_text.py pick DATA SET REGEX [--count 20] [--seed 1]  > FILE
    python extraction/training/real_text.py keep DATA FILE... --out LABELS.jsonl

`pick` prints blocks to be marked up as `marks.py` tells (a header names set, record and lines).
`keep` checks that a marked block still has the record's very text, and writes stand-off labels: the
source, a hash of the text, offsets, kinds, facts; `stand_off_blocks` reads both back.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from marks import Block, Event, Mark, MarkError, Relation, article, read_blocks

_UNMARKABLE = re.compile(r"[{}]|^[>@#]", re.MULTILINE)


def records(data: Path, name: str) -> Iterator[tuple[str, str]]:
    """Every record of a set: its key and its text."""
    if name == "industry_news_2011_zh":
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["file"].rsplit("/", 1)[-1].removesuffix(".jsp"), record["text"]
    elif name == "boson_ner":
        path = data / name / "boson_converted.jsonl"
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            yield str(number), json.loads(line)["text"]
    elif name == "duee":
        for line in (data / name / "duee_dev.json").read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["id"], record["text"]
    elif name == "finre":
        seen = set()
        for part in ("train", "valid"):
            for line in (data / name / f"{part}.txt").read_text("utf-8").splitlines():
                text = line.split("\t")[-1] if "\t" in line else ""
                if text and text not in seen:
                    seen.add(text)
                    yield hashlib.sha256(text.encode()).hexdigest()[:12], text
    elif name == "zh_web_extraction":
        for path in sorted((data / name / "cleaned").glob("*.txt")):
            yield path.stem, path.read_text("utf-8")
    else:
        raise SystemExit(f"{name} is no set that can be read here")


def tidy(text: str, lines: str = "") -> list[str]:
    """The lines of a record without blank ones and outer spaces; `lines` as `2-5` or `7`."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if lines:
        first, _, last = lines.partition("-")
        found = found[int(first) - 1 : int(last or first)]
    return found


def pick(args: argparse.Namespace) -> None:
    found = [
        (key, tidy(text))
        for key, text in records(args.data, args.set)
        if re.search(args.regex, text) and not _UNMARKABLE.search(text)
    ]
    random.Random(args.seed).shuffle(found)
    for key, lines in found[args.skip : args.skip + args.count]:
        print(f"@ source={args.set} record={key}", *lines, "", sep="\n")


def keep(args: argparse.Namespace) -> None:
    texts: dict[str, dict[str, str]] = {}
    failures = 0
    kept = []
    for path in args.files:
        for block in read_blocks(path):
            try:
                if isinstance(block, MarkError):
                    raise block
                kept.append(_stand_off(args.data, block, texts))
            except (MarkError, KeyError) as e:
                failures += 1
                print(f"{path}: {e}", file=sys.stderr)
    args.out.write_text("".join(json.dumps(k, ensure_ascii=False) + "\n" for k in kept), "utf-8")
    print(f"{len(kept)} kept, {failures} wrong")
    sys.exit(bool(failures))


def _stand_off(data: Path, block: Block, texts: dict[str, dict[str, str]]) -> dict:
    name, record = block.attributes["source"], block.attributes["record"]
    if name not in texts:
        texts[name] = dict(records(data, name))
    own = article(tidy(texts[name][record], block.attributes.get("lines", "")))
    if own != block.text:
        at = next((i for i, (a, b) in enumerate(zip(own, block.text, strict=False)) if a != b), 0)
        raise MarkError(
            f"record {record}: the text differs from its source at {own[at : at + 20]!r}, "
            f"marked up as {block.text[at : at + 20]!r}"
        )
    return {
        "source": name,
        "record": record,
        "lines": block.attributes.get("lines", ""),
        "sha256": hashlib.sha256(own.encode()).hexdigest(),
        "attributes": {
            k: v for k, v in block.attributes.items() if k not in ("source", "record", "lines")
        },
        "marks": [
            [m.start, m.end, m.id if ":" not in m.id else m.id[0], m.generic] for m in block.marks
        ],
        "relations": [asdict(r) for r in block.relations],
        "events": [asdict(e) for e in block.events],
        "optional": sorted(block.optional),
        "alternatives": block.alternatives,
    }


def stand_off_blocks(data: Path, labels: Path) -> list[Block]:
    """The annotated documents, their text read again from the public sets.

    Raises MarkError where a text is not the one that was annotated.
    """
    texts: dict[str, dict[str, str]] = {}
    found = []
    for line in labels.read_text("utf-8").splitlines():
        kept = json.loads(line)
        name = kept["source"]
        if name not in texts:
            texts[name] = dict(records(data, name))
        text = article(tidy(texts[name][kept["record"]], kept["lines"]))
        if hashlib.sha256(text.encode()).hexdigest() != kept["sha256"]:
            raise MarkError(f"{labels}: {name} {kept['record']} is not the text that was annotated")
        found.append(_block(kept, text))
    return found


def _block(kept: dict, text: str) -> Block:
    source = {"source": kept["source"], "record": kept["record"], "lines": kept["lines"]}
    marks = [
        Mark(start=s, end=e, id=i if len(i) > 1 or i == "t" else f"{i}:{text[s:e]}", generic=g)
        for s, e, i, g in kept["marks"]
    ]
    events = [
        Event(**{**e, "participants": tuple(map(tuple, e["participants"]))}) for e in kept["events"]
    ]
    return Block(
        name=f"{kept['source']}-{kept['record']}-{kept['lines']}".strip("-"),
        text=text,
        marks=marks,
        attributes={k: v for k, v in source.items() if v} | kept["attributes"],
        relations=[Relation(**r) for r in kept["relations"]],
        events=events,
        optional=set(kept["optional"]),
        alternatives=kept["alternatives"],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("pick")
    one.add_argument("data", type=Path)
    one.add_argument("set")
    one.add_argument("regex")
    one.add_argument("--count", type=int, default=20)
    one.add_argument("--skip", type=int, default=0)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(run=pick)
    two = commands.add_parser("keep")
    two.add_argument("data", type=Path)
    two.add_argument("files", type=Path, nargs="+")
    two.add_argument("--out", type=Path, required=True)
    two.set_defaults(run=keep)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
