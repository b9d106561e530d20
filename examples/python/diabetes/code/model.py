"""How far diabetes will have progressed in a year, from ten measurements, by least squares."""

import json

import numpy as np


def fit(job):
    rows = np.concatenate([np.loadtxt(file, delimiter=",", ndmin=2) for file in sorted(job.channel("train").glob("*.csv"))])
    target, features = rows[:, 0], rows[:, 1:]
    weights = np.linalg.lstsq(with_ones(features), target, rcond=None)[0]
    (job.model_dir / "model.json").write_text(json.dumps(weights.tolist()))


def load(folder):
    return np.array(json.loads((folder / "model.json").read_text()))


def predict(weights, rows):
    return with_ones(np.array(rows, dtype=float)) @ weights


def with_ones(features):
    return np.column_stack([np.ones(len(features)), features])
