"""Tables as CSV files without a header, the target in the first column: what SageMaker's own algorithms read."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

SHARES = {"train": 0.7, "validation": 0.15, "test": 0.15}


def numbers(folder: Path) -> list:
    """All rows of the CSV files below a folder."""
    rows = [_floats(file, at, cells) for file in sorted(folder.rglob("*.csv")) for at, cells in _lines(file)]
    if not rows:
        raise ValueError(f"no CSV rows below {folder}")
    return rows


def write(file: Path, rows: Iterable[Sequence]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)


def split(rows: Sequence, seed: int = 0) -> dict:
    """Rows by share, the same for the same seed."""
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    parts, start = {}, 0.0
    for name, share in SHARES.items():
        parts[name] = shuffled[round(start * len(rows)) : round((start + share) * len(rows))]
        start += share
    empty = [name for name, part in parts.items() if not part]
    if empty:
        raise ValueError(f"{len(rows)} rows are too few: nothing left for {', '.join(empty)}")
    return parts


def _lines(file: Path) -> Iterable:
    with file.open(newline="") as opened:
        yield from ((at, cells) for at, cells in enumerate(csv.reader(opened), 1) if cells)


def _floats(file: Path, at: int, cells: Sequence[str]) -> list:
    try:
        return [float(cell) for cell in cells]
    except ValueError as error:
        raise ValueError(f"{file} line {at}: {error}") from None
