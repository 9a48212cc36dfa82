"""Records as JSON Lines: the public format of `trihelix extract`.

Outside data is validated once, here; the same record always gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from trihelix.schema.errors import InputError
from trihelix.schema.records import Extraction

_adapter: TypeAdapter[Extraction] = TypeAdapter(
    with_config(ConfigDict(extra="forbid", strict=True))(Extraction)
)


def to_dict(extraction: Extraction) -> dict[str, Any]:
    """The extraction as plain JSON data (contract/output.md)."""
    data = asdict(extraction)
    for relation in data["relations"]:
        if relation["title"] is None:
            del relation["title"]
    return data


def dumps(extraction: Extraction) -> str:
    """One line of JSON, without the line break."""
    return json.dumps(to_dict(extraction), ensure_ascii=False, separators=(",", ":"))


def loads(line: str, *, where: str = "JSON Lines") -> Extraction:
    """Read one line back.

    Raises:
        InputError: when the line is no JSON or does not fit the format; names the first misfit.
    """
    try:
        return _adapter.validate_json(line, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        raise InputError(where, f"{path or 'line'}: {first['msg']}") from error


def read(lines: Iterable[str], *, where: str = "JSON Lines") -> Iterator[Extraction]:
    """Read many lines; blank ones are passed over.

    Raises:
        InputError: naming the line number.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield loads(line, where=f"{where} line {number}")


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys: for values that are stored and compared as strings."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
