"""The Flask application: /ping and /invocations, /execution-parameters for batch transform, /models for many models."""

import threading
import traceback
from typing import Callable

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from kit import hooks, paths, settings, usercode
from kit.health import report_loaded, report_refused
from kit.inference import answer, failed, problem
from kit.models import ModelCache, NotLoaded, SingleModel
from kit.multimodel import blueprint
from kit.registry import Registry


def _load(folder):
    return usercode.function("load")(folder)


def _start(current: settings.Settings, warm: Callable[[], None]) -> None:
    try:
        hooks.check("read", "write", needed=("load", "predict"))
    except usercode.UserCodeError as error:
        report_refused(current.run_dir, str(error))
    except BaseException:  # of its import: trying again would not mend it
        report_refused(current.run_dir, traceback.format_exc())
    else:
        warm()


def create_app(current: settings.Settings) -> Flask:
    model = SingleModel(_load, paths.model(), lambda: report_loaded(current.run_dir))
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = current.max_bytes
    app.register_error_handler(NotLoaded, lambda error: problem(503, f"the model is not loaded: {error}"))
    app.register_error_handler(HTTPException, lambda error: problem(error.code, error.description))
    app.register_error_handler(Exception, failed)

    @app.get("/ping")
    def ping():
        return Response(status=200 if current.multi_model or model.ready else 503)

    @app.get("/execution-parameters")
    def execution_parameters():
        return {"MaxConcurrentTransforms": current.workers, "BatchStrategy": "MULTI_RECORD", "MaxPayloadInMB": current.max_megabytes}

    if current.multi_model:
        registry = Registry(current.run_dir / "models")
        app.register_blueprint(blueprint(ModelCache(_load), registry, current))
    else:

        @app.post("/invocations")
        def invocations():
            return answer(model.get(), current)

    # Ahead of requests, but not in the importing thread: a worker that takes long to import is killed by Gunicorn.
    # Of many models none is there yet, but a worker that has not imported yet would let its first request wait for that.
    warm = (lambda: report_loaded(current.run_dir)) if current.multi_model else model.warm
    threading.Thread(target=_start, args=(current, warm), name="start", daemon=True).start()
    return app
