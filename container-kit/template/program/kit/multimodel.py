"""The paths by which SageMaker loads, lists and unloads the models of a multi-model endpoint."""

import traceback

from flask import Blueprint, Response, request

from kit.inference import answer, problem
from kit.models import ModelCache
from kit.registry import AlreadyLoaded, Registry, valid_name
from kit.settings import Settings


def blueprint(cache: ModelCache, registry: Registry, settings: Settings) -> Blueprint:
    routes = Blueprint("models", __name__, url_prefix="/models")

    def loaded() -> set:
        return set(registry.all())

    def unknown(name: str) -> Response:
        return problem(404, f"no model {name}")

    @routes.get("")
    def list_models():
        return {"models": [entry.as_json() for entry in registry.all()]}

    @routes.post("")
    def load():
        given = request.get_json(force=True, silent=True)
        name, url = (given.get("model_name"), given.get("url")) if isinstance(given, dict) else (None, None)
        if not valid_name(name) or not isinstance(url, str):
            return problem(400, "model_name and url are needed")
        if registry.get(name):
            return problem(409, f"model {name} is loaded already")
        if len(registry.all()) >= settings.max_models:
            return problem(507, "no room for another model")  # SageMaker then unloads one
        try:
            model = cache.load(url, loaded)  # registered after this: it may fail when the caller has long given up
        except Exception as error:
            traceback.print_exc()
            return problem(507 if isinstance(error, MemoryError) else 400, f"cannot load {url}: {type(error).__name__}: {error}")
        try:
            entry = registry.add(name, url)
        except AlreadyLoaded:
            return problem(409, f"model {name} is loaded already")
        cache.keep(entry, model)
        return entry.as_json()

    @routes.get("/<name>")
    def get(name: str):
        entry = registry.get(name) if valid_name(name) else None
        return entry.as_json() if entry else unknown(name)

    @routes.delete("/<name>")
    def unload(name: str):
        return {} if valid_name(name) and registry.remove(name) else unknown(name)

    @routes.post("/<name>/invoke")
    def invoke(name: str):
        entry = registry.get(name) if valid_name(name) else None
        return answer(cache.get(entry, loaded), settings) if entry else unknown(name)

    return routes
