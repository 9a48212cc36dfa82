"""Which annotated documents are held out: no model is trained on these; they correct the judges.

One document in ten of the domain corpus by a hash of its text (line numbers move while a file is
edited), every second record of the real text by a hash of its key.
"""

# mypy: ignore-errors
from __future__ import annotations

import hashlib

from marks import Block


def is_held_out(block: Block) -> bool:
    """Whether a document is only for measuring."""
    if "record" in block.attributes:
        return is_held_out_record(block.attributes["source"], block.attributes["record"])
    return _number(block.text) % 10 == 0


def fold_of(block: Block) -> int:
    """0 or 1: a role model trained on one fold reads the other for the judges to be fitted on."""
    return _number(f"fold {block.text}") % 2


def is_for_judges(block: Block) -> bool:
    """Whether it is one of the records that the tagger never trains on, though others do."""
    return block.attributes.get("labels") == "three"


def fifth_of(block: Block) -> int:
    """0 to 4: the judges of one fifth of the documents are corrected on the others."""
    return _number(f"fifth {block.text}") % 5


def is_held_out_record(source: str, record: str) -> bool:
    """Whether a record of a public set is only for measuring, should it be annotated."""
    return _number(f"{source}/{record}") % 2 == 0


def _number(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16)
