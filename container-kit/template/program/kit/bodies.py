"""Bodies of requests and answers: JSON, CSV and JSON lines."""

import csv
import io
import json
from typing import Any

from kit.settings import CONTENT_TYPES

JSON, CSV, JSON_LINES = CONTENT_TYPES
ALIASES = {"application/x-json": JSON, "application/jsonlines+json": JSON_LINES, "application/x-jsonlines": JSON_LINES}


class Unsupported(Exception):
    """A content type that this container cannot read or write."""


def kind_of(content_type: str) -> str:
    """The bare content type: without parameters such as charset, and under one name."""
    bare = content_type.partition(";")[0].strip().lower()
    return ALIASES.get(bare, bare)


def read(body: bytes, content_type: str) -> list:
    """The rows of a request; raises ValueError if the body is not what its type says."""
    reader = {JSON: _read_json, CSV: _read_csv, JSON_LINES: _read_json_lines}.get(kind_of(content_type))
    if reader is None:
        raise Unsupported(f"Content-Type '{content_type}' is not supported, only {', '.join(CONTENT_TYPES)}")
    rows = reader(body.decode("utf-8-sig"))
    if not rows:
        raise ValueError("the body holds no rows")
    return rows


def write(predictions: Any, kind: str) -> str:
    values = plain(predictions)
    if kind == CSV:
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows(map(_cells, values))
        return lines.getvalue()
    if kind == JSON_LINES:
        return "".join(f"{_json(value)}\n" for value in values)
    return _json({"predictions": values})


def wanted(accept: str, default: str) -> str:
    """The first content type that a caller accepts and that this container can write."""
    ranges = sorted(accept.split(","), key=_quality, reverse=True) if accept.strip() else ["*/*"]
    for kind in map(kind_of, ranges):
        if kind == "*/*":
            return default
        found = next((one for one in CONTENT_TYPES if one == kind or (kind.endswith("/*") and one.startswith(kind[:-1]))), None)
        if found:
            return found
    raise Unsupported(f"Accept '{accept}' is not supported, only {', '.join(CONTENT_TYPES)}")


def plain(value: Any) -> Any:
    """Lists and numbers instead of the arrays and tables of numpy, pandas and their like."""
    if hasattr(value, "tolist"):
        listed = value.tolist()
        return plain(listed) if getattr(value, "dtype", None) == "object" else listed
    if hasattr(value, "to_numpy"):
        return plain(value.to_numpy())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _read_json(text: str) -> list:
    value = json.loads(text)
    rows = value.get("instances") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise ValueError('expected a list of rows, or {"instances": [rows]}')
    return rows if not rows or isinstance(rows[0], (list, dict)) else [rows]


def _read_json_lines(text: str) -> list:
    # splitlines() would also split at characters that JSON texts may hold
    return [_read_line(at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]


def _read_line(at: int, line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ValueError(f"line {at}: {error}") from None


def _read_csv(text: str) -> list:
    return [[_number(cell) for cell in cells] for cells in csv.reader(io.StringIO(text, newline="")) if cells]


def _number(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell


def _cells(value: Any) -> list:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _json(value: Any) -> str:
    return json.dumps(value, allow_nan=False)  # NaN is not JSON, and callers in other languages cannot read it


def _quality(media_range: str) -> float:
    _, _, quality = media_range.replace(" ", "").partition(";q=")
    try:
        return float(quality.partition(";")[0] or 1)
    except ValueError:
        return 0.0
