"""The report of an evaluation, in the layout that the pipeline's conditions read."""

import math
from collections.abc import Sequence


def regression_report(targets: Sequence[float], predictions: Sequence[float]) -> dict:
    """{"regression_metrics": {"mse": {"value": …, "standard_deviation": …}, …}}"""
    if len(targets) != len(predictions) or len(targets) == 0:
        raise ValueError(f"{len(predictions)} predictions for {len(targets)} targets")
    errors = [prediction - target for target, prediction in zip(targets, predictions)]
    distances = [abs(error) for error in errors]
    squares = [error * error for error in errors]
    mse = _mean(squares)
    spread = _deviation(targets) ** 2
    metrics = {
        "mse": {"value": mse, "standard_deviation": _deviation(squares)},
        "rmse": {"value": math.sqrt(mse), "standard_deviation": "NaN"},
        "mae": {"value": _mean(distances), "standard_deviation": _deviation(distances)},
        "r2": {"value": 1 - mse / spread if spread > 0 else 0.0, "standard_deviation": "NaN"},
    }
    return {"regression_metrics": metrics}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _deviation(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.sqrt(_mean([(value - mean) ** 2 for value in values]))
