"""One request: body in, predictions out, and the status codes between."""

import json
import sys
import time
import traceback
from typing import Any

from flask import Response, request

from kit import bodies, usercode
from kit.settings import Settings

REAL_TIME_BYTES = 6_291_456  # batch transforms and asynchronous endpoints pass larger answers on


class WrongPredictions(TypeError):
    """What predict() gave is not what it must give."""


def answer(model: Any, settings: Settings) -> Response:
    if _given_up(settings.timeout):
        return problem(503, "the request waited too long")
    own_read, own_write = usercode.optional("read"), usercode.optional("write")
    accept = request.headers.get("Accept", "")
    try:
        kind = None if own_write else bodies.wanted(accept, settings.accept)
    except bodies.Unsupported as error:
        return problem(406, str(error))
    try:
        rows = (own_read or bodies.read)(request.get_data(), request.headers.get("Content-Type", ""))
    except (bodies.Unsupported, NotImplementedError) as error:
        return problem(415, str(error))
    except ValueError as error:
        return problem(400, f"cannot read the body: {error}")
    try:
        predictions = usercode.function("predict")(model, rows)
    except (ValueError, TypeError) as error:
        traceback.print_exc()
        return problem(400, str(error))
    if own_write:
        body, content_type = own_write(predictions, accept)
        return Response(body, content_type=content_type)
    _check(predictions, rows)
    body = bodies.write(predictions, kind).encode()
    if len(body) > REAL_TIME_BYTES:
        print(f"an answer of {len(body)} bytes: real-time endpoints give at most {REAL_TIME_BYTES}", file=sys.stderr, flush=True)
    return Response(body, mimetype=kind)


def problem(status: int, text: str) -> Response:
    return Response(json.dumps({"error": text}), status, mimetype="application/json")


def failed(error: Exception) -> Response:
    """What no caller is to blame for; the reason is in the log."""
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    return problem(500, f"{error}, see the log" if isinstance(error, WrongPredictions) else f"{type(error).__name__} in the model, see the log")


def _check(predictions: Any, rows: Any) -> None:
    text = "predict() must give a list or an array with a prediction for each row, got"
    kind = type(predictions).__name__
    if isinstance(predictions, (str, bytes, dict)) or not hasattr(predictions, "__len__"):
        raise WrongPredictions(f"{text} {kind}")
    try:
        count = len(predictions)
    except TypeError:  # numpy has arrays that are a single number
        raise WrongPredictions(f"{text} {kind} without a length") from None
    if count != len(rows):
        raise WrongPredictions(f"{text} {count} for {len(rows)} row{'s' * (len(rows) != 1)}")


def _given_up(timeout: int) -> bool:
    """Whether nginx has told the caller already that it takes too long: predicting would only delay others."""
    received = request.headers.get("X-Kit-Received", "")
    return bool(received) and time.time() - float(received) > timeout
