import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kit import settings
from kit.registry import Registry
from predictor import create_app

DOUBLE = """
def load(folder):
    if folder.name == 'huge': raise MemoryError()
    return int((folder / 'factor').read_text())

def predict(model, rows):
    return [model * row[0] for row in rows]
"""
JSON = {"content_type": "application/json"}


@pytest.fixture
def make(base, code, tmp_path):
    """A client of the application with that user code."""

    def client(text: str = DOUBLE, **env: str):
        code(text)
        (base / "model").mkdir(exist_ok=True)
        (base / "model" / "factor").write_text("2")
        found = settings.read({"KIT_RUN_DIR": str(tmp_path / "run"), **env})
        (found.run_dir / "models").mkdir(parents=True, exist_ok=True)
        app = create_app(found)
        for thread in (thread for thread in threading.enumerate() if thread.name == "start"):
            thread.join(10)  # so that it does not import in the next test
        return app.test_client()

    return client


def test_answers(make):
    client = make()
    answer = client.post("/invocations", data="[[1], [2]]", **JSON)
    assert (answer.status_code, answer.get_json()) == (200, {"predictions": [2, 4]})
    assert client.get("/ping").status_code == 200
    assert client.get("/execution-parameters").get_json()["MaxPayloadInMB"] == 6
    answer = client.post("/invocations", data="3\n", content_type="text/csv", headers={"Accept": "text/csv"})
    assert (answer.mimetype, answer.text) == ("text/csv", "6.0\n")


def test_the_caller_is_to_blame(make):
    client = make()
    post = client.post
    assert post("/invocations", data="{", **JSON).status_code == 400
    assert post("/invocations", data='[["x", 1], [[], 2]]', content_type="image/png").status_code == 415
    assert post("/invocations", data="[[1]]", headers={"Accept": "image/png"}, **JSON).status_code == 406
    assert client.get("/invocations").status_code == 405
    too_large = post("/invocations", data=b" " * (6 * 1024 * 1024 + 1), **JSON)
    assert (too_large.status_code, too_large.mimetype) == (413, "application/json")


def test_an_unreadable_row_is_400(make):
    client = make("def load(folder): return 0\ndef predict(model, rows): raise ValueError('expected 3 features')")
    answer = client.post("/invocations", data="[[1]]", **JSON)
    assert (answer.status_code, answer.get_json()) == (400, {"error": "expected 3 features"})


@pytest.mark.parametrize("predict", ["return 1 / 0", "return [1, 2]", "return [float('nan')]", "return None", "raise KeyError('age')"])
def test_the_model_is_to_blame(make, predict, capsys):
    client = make(f"def load(folder): return 0\ndef predict(model, rows): {predict}")
    answer = client.post("/invocations", data="[[1]]", **JSON)
    assert answer.status_code == 500 and "see the log" in answer.get_json()["error"]
    assert "Traceback" in capsys.readouterr().err


def test_without_a_model(make):
    client = make("def load(folder): raise OSError('no such file')\ndef predict(model, rows): return []")
    assert client.get("/ping").status_code == 503
    answer = client.post("/invocations", data="[[1]]", **JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (503, "the model is not loaded: OSError: no such file")


def test_does_not_predict_for_a_caller_who_has_gone(make):
    client = make("def load(folder): return 0\ndef predict(model, rows): raise SystemError('called')")
    answer = client.post("/invocations", data="[[1]]", headers={"X-Kit-Received": f"{time.time() - 61:.3f}"}, **JSON)
    assert answer.status_code == 503


def test_bodies_of_its_own(make):
    client = make(
        """
def load(folder): return 0
def read(body, content_type):
    if content_type != 'image/png': raise NotImplementedError('only images')
    return body
def predict(model, image): return len(image)
def write(predictions, accept): return f'{predictions} bytes', 'text/plain'
"""
    )
    answer = client.post("/invocations", data=b"\x00\xff", content_type="image/png")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "2 bytes", "text/plain")
    assert client.post("/invocations", data=b"x", content_type="text/csv").status_code == 415


@pytest.mark.parametrize(
    ("value", "got"),
    [
        ("5", "int"),
        ("{'a': 1}", "dict"),
        ("'x'", "str"),
        ("(row for row in rows)", "generator"),
        ("None", "NoneType"),
        ("Scalar()", "Scalar without a length"),
    ],
)
def test_says_what_predictions_are(make, capfd, value, got):
    scalar = "class Scalar:\n    def __len__(self): raise TypeError('len() of unsized object')"  # as an array of numpy without dimensions
    client = make(f"{scalar}\ndef load(folder): return 0\ndef predict(model, rows): return {value}")
    answer = client.post("/invocations", data="[[1]]", **JSON)
    text = f"predict() must give a list or an array with a prediction for each row, got {got}"
    assert (answer.status_code, answer.get_json()["error"]) == (500, f"{text}, see the log")
    assert text in capfd.readouterr().err


def test_says_how_many_predictions_there_are(make, capfd):
    client = make("def load(folder): return 0\ndef predict(model, rows): return [1, 2]")
    text = "predict() must give a list or an array with a prediction for each row, got 2 for 1 row"
    assert client.post("/invocations", data="[[1]]", **JSON).get_json() == {"error": f"{text}, see the log"}
    assert text in capfd.readouterr().err


def test_says_that_an_answer_is_too_large_for_some(make, capfd):
    client = make("def load(folder): return 0\ndef predict(model, rows): return ['x' * 1024 * 1024 * 6 for row in rows]")
    assert client.post("/invocations", data="[[1]]", **JSON).status_code == 200
    assert "real-time endpoints give at most 6291456" in capfd.readouterr().err


class TestManyModels:
    @pytest.fixture
    def client(self, make):
        return make(SAGEMAKER_MULTI_MODEL="true", KIT_MAX_MODELS="2")

    @pytest.fixture
    def folder(self, base):
        return base / "model"

    def load(self, client, name, url):
        return client.post("/models", json={"model_name": name, "url": str(url)}).status_code

    def test_lives(self, client, folder):
        assert client.get("/ping").status_code == 200
        assert self.load(client, "a", folder) == 200
        assert client.post("/models/a/invoke", data="[[4]]", **JSON).get_json() == {"predictions": [8]}
        assert client.get("/models").get_json() == {"models": [{"modelName": "a", "modelUrl": str(folder)}]}
        assert client.get("/models/a").get_json() == {"modelName": "a", "modelUrl": str(folder)}
        assert self.load(client, "a", folder) == 409
        assert [client.delete("/models/a").status_code for _ in range(2)] == [200, 404]
        assert client.post("/models/a/invoke", data="[[4]]", **JSON).status_code == 404
        assert client.post("/invocations", data="[[4]]", **JSON).status_code == 404

    def test_no_room_for_more(self, client, folder):
        assert [self.load(client, name, folder) for name in "abc"] == [200, 200, 507]
        client.delete("/models/a")
        assert self.load(client, "c", folder) == 200

    def test_no_memory_for_it(self, client, folder, tmp_path):
        assert self.load(client, "a", folder.parent / "huge") == 507
        assert Registry(tmp_path / "run" / "models").all() == []

    def test_what_cannot_be_loaded(self, client, folder):
        assert self.load(client, "a", folder / "missing") == 400
        assert client.get("/models/a").status_code == 404

    def test_is_there_once_it_is_loaded(self, make, base):
        client = make("import time\ndef load(folder): time.sleep(1)\ndef predict(model, rows): return rows", SAGEMAKER_MULTI_MODEL="true")
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(self.load, client, "a", base / "model")
            time.sleep(0.5)
            assert client.get("/models/a").status_code == 404 and not loading.done()
            assert loading.result() == 200 and client.get("/models/a").status_code == 200

    @pytest.mark.parametrize("body", [{}, [], {"model_name": "a"}, {"model_name": "../a", "url": "/"}, {"model_name": 1, "url": 2}])
    def test_requests_that_make_no_sense(self, client, body):
        assert client.post("/models", json=body).status_code == 400
