import math

import pytest

from kit import tables
from kit.regression import regression_report


def test_splits_every_row_once_and_always_alike():
    rows = [[number] for number in range(101)]
    parts = tables.split(rows)
    assert {name: len(part) for name, part in parts.items()} == {"train": 71, "validation": 15, "test": 15}
    assert sorted(row for part in parts.values() for row in part) == rows
    assert parts == tables.split(rows) != tables.split(rows, seed=1)


def test_too_few_rows_to_split():
    with pytest.raises(ValueError, match="2 rows are too few: nothing left for test"):
        tables.split([[1], [2]])


def test_reads_all_files_in_order(tmp_path):
    tables.write(tmp_path / "b.csv", [[3, 4]])
    tables.write(tmp_path / "a" / "a.csv", [[1, 2]])
    (tmp_path / "_SUCCESS").write_text("not a table")
    assert tables.numbers(tmp_path) == [[1.0, 2.0], [3.0, 4.0]]


def test_says_where_a_number_is_none(tmp_path):
    (tmp_path / "a.csv").write_text("1,2\nage,3\n")
    with pytest.raises(ValueError, match=r"a\.csv line 2: .*age"):
        tables.numbers(tmp_path)


def test_no_rows(tmp_path):
    with pytest.raises(ValueError, match="no CSV rows below"):
        tables.numbers(tmp_path)


def test_reports_errors_of_a_regression():
    metrics = regression_report([1, 2, 3, 4], [1, 2, 3, 8])["regression_metrics"]
    assert metrics["mse"] == {"value": 4.0, "standard_deviation": pytest.approx(math.sqrt(48))}
    assert (metrics["rmse"]["value"], metrics["mae"]["value"]) == (2.0, 1.0)
    assert metrics["r2"]["value"] == pytest.approx(1 - 4 / 1.25)


def test_needs_a_prediction_for_each_target():
    with pytest.raises(ValueError, match="1 predictions for 2 targets"):
        regression_report([1, 2], [1])
