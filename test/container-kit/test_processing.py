import io
import json
import tarfile

import pytest

from programs import run

PREDICT = "def load(folder): return float((folder / 'bias').read_text())\ndef predict(model, rows): return [model + row[0] for row in rows]\n"


@pytest.fixture
def rows(base):
    folder = base / "processing" / "input"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("".join(f"{x + 1},{x}\n" for x in range(40)))
    return folder


def pack(base, name="bias", text="3"):
    folder = base / "processing" / "model"
    folder.mkdir(parents=True)
    with tarfile.open(folder / "model.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text.encode()))


def message(base) -> str:
    return (base / "output" / "message").read_text()


def test_prepares_by_itself(base, code, rows):
    assert run("preprocess.py", base, "--input-data", "s3://bucket/x", code=code("")).returncode == 0
    counts = {name: len((base / "processing" / name / f"{name}.csv").read_text().splitlines()) for name in ("train", "validation", "test")}
    assert counts == {"train": 28, "validation": 6, "test": 6}


def test_prepares_as_the_user_says(base, code):
    folder = code("def prepare(job): (job.folder('train') / 'uri').write_text(job.input_data)")
    assert run("preprocess.py", base, "--input-data", "s3://bucket/x", "--more", code=folder).returncode == 0
    assert (base / "processing" / "train" / "uri").read_text() == "s3://bucket/x"


def test_evaluates_by_itself(base, code, rows):
    pack(base)
    folder = code(PREDICT)
    run("preprocess.py", base, code=folder)
    result = run("evaluate.py", base, code=folder)
    assert result.returncode == 0, result.stderr
    report = json.loads((base / "processing" / "evaluation" / "evaluation.json").read_text())
    assert report["regression_metrics"]["mse"] == {"value": 4.0, "standard_deviation": 0.0}


def test_evaluates_as_the_user_says(base, code):
    pack(base)
    folder = code(f"{PREDICT}def evaluate(model, job): return {{'model': model}}")
    assert run("evaluate.py", base, "--report", "reports/mine.json", code=folder).returncode == 0
    assert json.loads((base / "processing" / "evaluation" / "reports" / "mine.json").read_text()) == {"model": 3.0}


def test_says_why_it_failed(base, code):
    assert run("preprocess.py", base, code=code("")).returncode == 1
    assert "no CSV rows below" in message(base)
    assert run("evaluate.py", base, code=code(PREDICT)).returncode == 1
    assert "model.tar.gz does not exist" in message(base)


def test_a_model_must_not_leave_its_folder(base, code):
    pack(base, "../outside")
    if not hasattr(tarfile, "data_filter"):
        pytest.skip("this Python has no filters")
    assert run("evaluate.py", base, code=code(PREDICT)).returncode == 1
    assert "outside" in message(base)
