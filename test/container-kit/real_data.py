"""Takes a real data set through prepare, train, evaluate and serve, as the steps of a pipeline and an endpoint do."""

import csv
import io
import json
import statistics
import tempfile
from pathlib import Path

from sklearn.datasets import load_diabetes

from programs import DIABETES, configure_training, pack_model, post, run, serving

BETTER_THAN_THE_MEAN = 0.7  # of the error that one makes by always saying the mean


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="real-data-") as folder:
        base = Path(folder)
        _put_data(base / "processing" / "input" / "diabetes.csv")
        _succeeds(run("preprocess.py", base, "--input-data", "s3://bucket/diabetes", code=DIABETES))
        channels = {name: base / "processing" / name for name in ("train", "validation")}
        configure_training(base, {"epochs": "50", "learning-rate": "0.01"}, channels)
        _succeeds(run("train", base, code=DIABETES))
        pack_model(base)
        _succeeds(run("evaluate.py", base, code=DIABETES))
        report = json.loads((base / "processing" / "evaluation" / "evaluation.json").read_text())
        mse = report["regression_metrics"]["mse"]["value"]
        _check(base, mse)


def _check(base: Path, mse: float) -> None:
    with (base / "processing" / "test" / "test.csv").open(newline="") as opened:
        rows = [[float(cell) for cell in row] for row in csv.reader(opened)]
    targets, features = [row[0] for row in rows], [row[1:] for row in rows]
    variance = statistics.pvariance(targets)
    if not 0 < mse < BETTER_THAN_THE_MEAN * variance:
        raise SystemExit(f"the model has learnt nothing: mse {mse:.0f}, variance {variance:.0f}")
    with serving(base, DIABETES) as url:
        as_json = json.loads(post(url, json.dumps({"instances": features}).encode(), "application/json"))["predictions"]
        as_csv = [float(line) for line in post(url, _csv(features), "text/csv", "text/csv").split()]
    for name, predictions in (("JSON", as_json), ("CSV", as_csv)):
        served = statistics.fmean((prediction - target) ** 2 for prediction, target in zip(predictions, targets))
        if len(predictions) != len(targets) or abs(served - mse) > 1e-6 * mse:
            raise SystemExit(f"{name}: served mse {served}, evaluated mse {mse}")
    print(f"442 rows of diabetes: mse {mse:.0f} of a variance of {variance:.0f}, the same when served")


def _put_data(file: Path) -> None:
    data = load_diabetes(scaled=False)
    file.parent.mkdir(parents=True)
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows([target, *features] for target, features in zip(data.target, data.data))


def _csv(rows: list) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _succeeds(result) -> None:
    if result.returncode != 0:
        raise SystemExit(f"{result.args} ended with {result.returncode}:\n{result.stdout}{result.stderr}")


if __name__ == "__main__":
    main()
