import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kit import models
from kit.models import ModelCache, NotLoaded, SingleModel
from kit.registry import AlreadyLoaded, Registry, valid_name


def test_loads_once_however_many_ask():
    calls, loaded = [], []
    model = SingleModel(lambda folder: calls.append(folder) or "model", Path("/m"), lambda: loaded.append(1))
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: model.get(), range(50))) == {"model"}
    assert (calls, loaded) == ([Path("/m")], [1])


def test_is_not_ready_while_it_loads():
    begun, go_on = threading.Event(), threading.Event()
    model = SingleModel(lambda _: begun.set() or go_on.wait(5), Path("/m"))
    thread = threading.Thread(target=model.warm)
    thread.start()
    begun.wait(5)
    assert not model.ready
    go_on.set()
    thread.join()
    assert model.ready


def test_tries_again_but_not_at_every_request(monkeypatch):
    calls = []

    def load(_):
        calls.append(1)
        if len(calls) == 1:
            raise OSError("not yet")
        return "model"

    model = SingleModel(load, Path("/m"))
    for _ in range(3):
        with pytest.raises(NotLoaded, match="OSError: not yet"):
            model.get()
    assert len(calls) == 1 and not model.ready
    monkeypatch.setattr(models, "RETRY_SECONDS", 0)
    assert model.ready and model.get() == "model"


def test_forgets_models_that_another_worker_has_unloaded(tmp_path):
    registry, cache = Registry(tmp_path), ModelCache(lambda folder: [str(folder)])
    first, second = registry.add("a", "/a"), registry.add("b", "/b")
    held = cache.get(first, lambda: set(registry.all()))
    registry.remove("a")
    cache.get(second, lambda: set(registry.all()))
    again = registry.add("a", "/other")
    assert cache.get(again, lambda: set(registry.all())) == ["/other"] != held


def test_a_model_is_there_while_another_is_loaded(tmp_path):
    begun, go_on = threading.Event(), threading.Event()
    registry = Registry(tmp_path)
    cache = ModelCache(lambda folder: folder.name if folder.name == "a" else begun.set() or go_on.wait(10))
    first, second = registry.add("a", "/a"), registry.add("b", "/b")
    assert cache.get(first, lambda: set(registry.all())) == "a"
    thread = threading.Thread(target=cache.get, args=(second, lambda: set(registry.all())))
    thread.start()
    begun.wait(5)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(cache.get, first, lambda: set(registry.all()))
        try:
            assert asked.result(3) == "a"
        finally:
            go_on.set()
    thread.join()


def test_a_model_is_kept_and_there_while_another_is_loaded(tmp_path):
    begun, go_on = threading.Event(), threading.Event()
    registry = Registry(tmp_path)
    cache = ModelCache(lambda folder: folder.name if folder.name == "a" else begun.set() or go_on.wait(10))

    def registered() -> set:
        return set(registry.all())

    model = cache.load("/a", registered)
    thread = threading.Thread(target=cache.load, args=("/b", registered))
    thread.start()
    begun.wait(5)
    entry = registry.add("a", "/a")
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(lambda: (cache.keep(entry, model), cache.get(entry, registered))[1])
        try:
            assert kept.result(3) == "a"
        finally:
            go_on.set()
    thread.join()
    assert cache.get(entry, registered) == "a"


def test_one_of_many_workers_adds(tmp_path):
    def add(_) -> bool:
        try:
            return bool(Registry(tmp_path).add("a", "/a"))
        except AlreadyLoaded:
            return False

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(add, range(32)))
    assert won.count(True) == 1
    assert [entry.as_json() for entry in Registry(tmp_path).all()] == [{"modelName": "a", "modelUrl": "/a"}]


@pytest.mark.parametrize("name", ["", ".", "..", ".a", "a/b", "a\0b", None, 3, "x" * 201])
def test_names_that_are_no_file_names(name):
    assert not valid_name(name)
