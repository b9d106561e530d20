"""Functions that the programs could not call are refused when they start, in one message that says what is allowed."""

import subprocess

import pytest

from kit import hooks, usercode
from programs import command, configure_training, environment, free_port, run, run_dir

GOOD = """
def fit(job): (job.model_dir / 'one').write_text('1')
def load(folder): return 1
def predict(model, rows): return [model for _ in rows]
"""
WRONG = [
    (
        "def predict(model): pass",
        "predict(model) must take what the kit passes by position, predict(model, rows), and nothing else without a default",
    ),
    ("def predict(model, rows, accept): pass", "predict(model, rows, accept) must take"),
    ("def predict(model, *, rows): pass", "predict(model, *, rows) must take"),
    ("predict = 5", "predict must be a function that can be called as predict(model, rows), got int"),
    ("async def predict(model, rows): pass", "predict must be a plain function that can be called as predict(model, rows), got one that is async"),
    ("async def predict(model, rows): yield 1", "got one that is async"),
    ("class Later:\n  async def __call__(self, model, rows): pass\npredict = Later()", "got one that is async"),
    ("def predict(): pass\ndef load(folder, more): pass", "predict() must take"),
    ("def predict(): pass\ndef load(folder, more): pass", "load(folder, more) must take what the kit passes by position, load(folder)"),
]
FINE = [
    "def predict(model, rows, threshold=0.5): pass",
    "def predict(m, /, r, *, threshold=0.5): pass",
    "def predict(*everything): pass",
    "predict = len if False else (lambda model, rows: rows)",
    "import functools\npredict = functools.partial(lambda accept, model, rows: rows, 'x')",
    "class Now:\n  def __call__(self, model, rows): pass\npredict = Now()",
    "class Later:\n  def __init__(self, model, rows): pass\n  async def __call__(self): pass\npredict = Later",
    "import functools\ndef with_config(f): return functools.wraps(f)(lambda model, rows: f(model, rows, {}))\n"
    "@with_config\ndef predict(model, rows, config): pass",
    "predict = max",  # a builtin tells no signature
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_cannot_be_called(code, text, message):
    code(GOOD + text)
    with pytest.raises(usercode.UserCodeError, match=r"model\.py: ") as found:
        hooks.check(needed=("fit", "load", "predict"))
    assert message in str(found.value)


@pytest.mark.parametrize("text", FINE)
def test_what_can(code, text):
    code(GOOD + text)
    hooks.check(*hooks.PARAMETERS)


@pytest.mark.parametrize("name", hooks.PARAMETERS)
def test_every_function_is_known(code, name):
    code(f"def {name}(): pass")
    with pytest.raises(usercode.UserCodeError, match=f"{name}\\(\\) must take .* {name}\\({', '.join(hooks.PARAMETERS[name])}\\)"):
        hooks.check(name)


@pytest.mark.parametrize("text", ["def fit(job, data): pass", "def predict(model): pass", "def load(): pass", "async def fit(job): pass"])
def test_training_says_so_before_it_trains(base, code, text):
    configure_training(base, {}, {})
    assert run("train", base, code=code(GOOD + text)).returncode == 1
    reason = (base / "output" / "failure").read_text()
    assert reason.startswith("UserCodeError: ") and "model.py: " in reason.splitlines()[0] and " must " in reason.splitlines()[0]
    assert not (base / "model" / "one").exists()


def test_training_leaves_helpers_alone(base, code):
    """Names that only other programs look for."""
    configure_training(base, {}, {})
    result = run("train", base, code=code(f"{GOOD}\ndef read(path): pass\ndef evaluate(model, x, y): pass"))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("program", "text"), [("preprocess.py", "def prepare(): pass"), ("evaluate.py", "def evaluate(model): pass"), ("evaluate.py", "load = 1")]
)
def test_processing_says_so(base, code, program, text):
    assert run(program, base, code=code(GOOD + text)).returncode == 1
    assert " must " in (base / "output" / "message").read_text().splitlines()[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{GOOD}def predict(model): pass", "predict(model) must take"),
        (f"{GOOD}def read(body): pass", "read(body) must take"),
        (f"{GOOD}def write(predictions): pass", "write(predictions) must take"),
        ("def load(folder): return 1", "defines no function predict"),
        ("import nonsense_that_is_not_installed", "No module named"),
        ("import sys; sys.exit('no')", "SystemExit: no"),
    ],
)
@pytest.mark.parametrize("multi_model", ["true", "false"])
def test_serving_says_so_once_and_ends(base, code, text, message, multi_model):
    with run_dir() as folder:
        more = {"SAGEMAKER_BIND_TO_PORT": str(free_port()), "KIT_RUN_DIR": folder, "SAGEMAKER_MODEL_SERVER_WORKERS": "2"}
        env = environment(base, code(text), SAGEMAKER_MULTI_MODEL=multi_model, **more)
        result = subprocess.run(command("serve"), env=env, capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 1
    assert result.stderr.count(message) == 1, result.stderr


def test_serving_forgets_what_it_has_refused(base, code, tmp_path):
    from kit.health import refusal_of, report_refused
    from kit.serving import _fresh
    from kit.settings import read

    current = read({"KIT_RUN_DIR": str(tmp_path)})
    report_refused(tmp_path, "wrong")
    assert refusal_of(tmp_path).read_text() == "wrong"
    _fresh(current)
    assert not refusal_of(tmp_path).exists()
