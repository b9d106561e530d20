"""Your model. This one is a linear regression without any library: put yours in its place.

`fit`, `load` and `predict` are needed. You may add `prepare(job)`, `evaluate(model, job)`, `read(body, content_type)` and
`write(predictions, accept)`; docs/container-kit.md says what they get and give.
Functions of these names that take anything else are refused.
"""

import csv
import json


def fit(job):
    """Trains on the CSV files of the channel `train`, the target in the first column."""
    rate, epochs = job.hyperparameter("learning-rate", 0.01), job.hyperparameter("epochs", 20)
    rows = [[float(cell) for cell in row] for file in sorted(job.channel("train").glob("*.csv")) for row in csv.reader(file.open()) if row]
    if not rows:
        raise ValueError("the channel train holds no rows")
    state = job.load_checkpoint() or {"epoch": 0, "bias": 0.0, "weights": [0.0] * (len(rows[0]) - 1)}
    while state["epoch"] < epochs and not job.stopping:
        squares = 0.0
        for target, *features in rows:
            error = score(state, features) - target
            squares += error * error
            state["bias"] -= rate * error
            state["weights"] = [weight - rate * error * x for weight, x in zip(state["weights"], features)]
        state["epoch"] += 1
        job.metric("train:mse", squares / len(rows))
        job.save_checkpoint(state)
    (job.model_dir / "model.json").write_text(json.dumps(state))


def load(folder):
    return json.loads((folder / "model.json").read_text())


def predict(model, rows):
    """One prediction for each row; a ValueError tells the caller that the row is wrong."""
    return [score(model, row) for row in rows]


def score(model, features):
    if len(features) != len(model["weights"]):
        raise ValueError(f"expected {len(model['weights'])} features, got {len(features)}")
    return model["bias"] + sum(weight * float(x) for weight, x in zip(model["weights"], features))
