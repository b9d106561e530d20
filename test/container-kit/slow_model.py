"""The example's model, but for bodies `[[-1, seconds]]`, which it takes its time for: how a check sees slow requests."""

import time

from model import *  # noqa: F403
from model import predict as predict_at_once

SLOW = -1


def predict(model, rows):
    if rows[0][0] == SLOW:
        time.sleep(float(rows[0][1]))
    return predict_at_once(model, rows)
