"""The code, the program and the first model of the example whose images are built while it deploys."""

import csv
import importlib.util
import json
import re
from pathlib import Path

import pytest
from sklearn.datasets import load_diabetes

from programs import KIT, configure_training, pack_model, post, run, serving

REPOSITORY = KIT.parent
EXAMPLE = REPOSITORY / "examples" / "typescript" / "diabetes"
CODE = EXAMPLE / "code"
LEAST_R2 = 0.4  # what the pipeline accepts


@pytest.fixture
def trained(base, monkeypatch) -> Path:
    """As the first two steps of the pipeline leave it."""
    split = _load(EXAMPLE / "split" / "preprocess.py")
    monkeypatch.setattr(split, "PROCESSING", base / "processing")
    data = load_diabetes(scaled=False)
    rows = [[target, *row] for target, row in zip(data.target.tolist(), data.data.tolist())]
    _put(base / "processing" / "input" / "diabetes.csv", [*rows, ["", *rows[0][1:]]])
    split.main()
    configure_training(base, {}, {"train": base / "processing" / "train"})
    result = run("train", base, code=CODE)
    assert result.returncode == 0, result.stderr
    return base


def test_splits_all_whole_rows(trained):
    assert [len(_rows(trained / "processing" / name / f"{name}.csv")) for name in ("train", "test")] == [331, 111]


def test_is_good_enough_to_be_registered(trained):
    pack_model(trained)
    result = run("evaluate.py", trained, code=CODE)
    assert result.returncode == 0, result.stderr
    report = json.loads((trained / "processing" / "evaluation" / "evaluation.json").read_text())
    assert report["regression_metrics"]["r2"]["value"] > LEAST_R2


def test_gives_the_first_model(trained):
    first = json.loads((EXAMPLE / "first-model" / "model.json").read_text())
    assert json.loads((trained / "model" / "model.json").read_text()) == pytest.approx(first, rel=1e-3)


def test_the_first_model_answers_as_the_page_says(tmp_path):
    page = (REPOSITORY / "docs" / "examples" / "diabetes.md").read_text()
    row = re.search(r"--body ([0-9.,]+) ", page)[1]
    answer = float(re.search(r"a year of (\d+) or so", page)[1])
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.json").write_text((EXAMPLE / "first-model" / "model.json").read_text())
    with serving(tmp_path, CODE) as url:
        assert float(post(url, row.encode(), "text/csv", "text/csv")) == pytest.approx(answer, abs=0.5)


def _load(file: Path):
    spec = importlib.util.spec_from_file_location("split", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _put(file: Path, rows: list) -> None:
    file.parent.mkdir(parents=True)
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)


def _rows(file: Path) -> list:
    with file.open(newline="") as opened:
        return list(csv.reader(opened))
