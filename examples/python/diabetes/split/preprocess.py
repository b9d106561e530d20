"""Drops rows that lack a value, and puts every fourth of the others aside for the test."""

import csv
from pathlib import Path

PROCESSING = Path("/opt/ml/processing")


def main():
    files = sorted((PROCESSING / "input").glob("**/*.csv"))
    rows = [row for file in files for row in csv.reader(file.open(newline="")) if row and all(row)]
    write("test", rows[::4])
    write("train", [row for i, row in enumerate(rows) if i % 4 != 0])


def write(name, rows):
    folder = PROCESSING / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)


if __name__ == "__main__":
    main()
