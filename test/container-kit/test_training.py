import json
import signal
import subprocess
import time

import pytest

from programs import DIABETES, KIT, command, configure_training, environment, run

LINEAR = KIT / "template" / "code"
DUMP = """
import json, os
def fit(job):
    found = {name: value for name, value in os.environ.items() if name.startswith('SM_')}
    (job.model_dir / 'found.json').write_text(json.dumps(found))
"""


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "data.csv").write_text("".join(f"{2 * x + 1},{x}\n" for x in (0.1, 0.3, 0.5, 0.9)))
    return folder


def failure(base) -> str:
    return (base / "output" / "failure").read_text()


def test_variables_of_the_training_toolkit(base, code, data):
    configure_training(base, {"learning-rate": "0.1", "epochs": "3"}, {"train": data})
    result = run("train", base, code=code(DUMP))
    assert result.returncode == 0, result.stderr
    found = json.loads((base / "model" / "found.json").read_text())
    assert found["SM_HP_LEARNING-RATE"] == found["SM_HP_LEARNING_RATE"] == "0.1"
    assert found["SM_CHANNEL_TRAIN"] == str(base / "input" / "data" / "train")
    assert json.loads(found["SM_CHANNELS"]) == ["train"]
    assert json.loads(found["SM_USER_ARGS"]) == ["--learning-rate", "0.1", "--epochs", "3"]
    assert found["SM_MODEL_DIR"] == str(base / "model") and found["SM_CURRENT_HOST"] == "algo-1"


def test_the_template_as_it_is_learns(base, data):
    configure_training(base, {"epochs": "300", "learning-rate": "0.2"}, {"train": data})
    result = run("train", base)
    assert result.returncode == 0, result.stderr
    model = json.loads((base / "model" / "model.json").read_text())
    assert model["weights"] == [pytest.approx(2, abs=0.05)] and model["bias"] == pytest.approx(1, abs=0.05)
    assert "train:mse=" in result.stdout and not (base / "output" / "failure").exists()


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [
        ("1", "7", "7"),
        ("None", "7", "7"),
        ("[]", "[1, 2]", "[1, 2]"),
        ("()", "[1, 2]", "(1, 2)"),
        ("{}", '{"a": 1}', "{'a': 1}"),
        ("False", "True", "True"),
    ],
)
def test_hyperparameters_have_the_type_of_their_default(base, code, data, default, text, value):
    configure_training(base, {"one": text}, {"train": data})
    result = run("train", base, code=code(f"def fit(job): (job.model_dir / 'one').write_text(str(job.hyperparameter('one', {default})))"))
    assert result.returncode == 0, result.stderr
    assert (base / "model" / "one").read_text() == value


@pytest.mark.parametrize(
    ("fit", "reason"),
    [
        ("raise ValueError('täglich')", "ValueError: täglich"),
        ("import sys; sys.exit(3)", "exit code 3"),
        ("raise RuntimeError('x' * 5000)", "RuntimeError: xxx"),
        ("pass", "fit() left nothing in"),
        ("job.channel('test')", "no channel 'test', the job has ['train']"),
        ("job.hyperparameter('rate', 0.5)", "hyperparameter rate must be float, got 'fast'"),
        ("job.hyperparameter('rate', [1])", "hyperparameter rate must be list, got 'fast'"),
    ],
)
def test_says_why_it_failed(base, code, data, fit, reason):
    configure_training(base, {"rate": "fast"}, {"train": data})
    result = run("train", base, code=code(f"def fit(job): {fit}"))
    assert result.returncode != 0
    assert reason in failure(base) and len(failure(base)) <= 1024


def test_only_the_first_of_several_instances_must_leave_a_model(base, code, data):
    configure_training(base, {}, {"train": data})
    resources = base / "input" / "config" / "resourceconfig.json"
    folder = code("def fit(job): pass")
    resources.write_text(json.dumps({"current_host": "algo-2", "hosts": ["algo-1", "algo-2"]}))
    assert run("train", base, code=folder).returncode == 0
    resources.write_text(json.dumps({"current_host": "algo-1", "hosts": ["algo-1", "algo-2"]}))
    assert run("train", base, code=folder).returncode == 1


def test_user_code_that_is_not_there(base, code):
    assert run("train", base, code=code("")).returncode == 1
    assert "defines no function fit" in failure(base)
    assert run("train", base, code=code("import nonsense_that_is_not_installed")).returncode == 1
    assert "No module named" in failure(base)


@pytest.mark.parametrize("example", [LINEAR, DIABETES])
def test_goes_on_where_an_interrupted_job_stopped(base, data, example):
    configure_training(base, {"epochs": "100000000"}, {"train": data})
    process = subprocess.Popen(command("train"), env=environment(base, example), stdout=subprocess.PIPE, text=True)
    seen = 0
    for line in process.stdout:
        seen += "mse=" in line
        if seen == 3 and "mse=" in line:
            process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    (state,) = (base / "checkpoints").glob("state-*.json")
    kept = json.loads(state.read_text())
    assert kept["epoch"] >= 2
    state.write_text(json.dumps({**kept, "epoch": 100000000 - 2}))
    result = run("train", base, code=example)
    assert result.stdout.count("mse=") == 2, result.stdout + result.stderr


def test_a_training_with_other_hyperparameters_does_not_go_on_from_the_state_of_another(base, code, data):
    found_and_saved = "(job.model_dir / 'found').write_text(str(job.load_checkpoint())); job.save_checkpoint(job.hyperparameters)"
    folder = code(f"def fit(job): {found_and_saved}")
    found = []
    for rate in ("0.1", "0.2", "0.1"):
        configure_training(base, {"rate": rate}, {"train": data})
        result = run("train", base, code=folder)
        assert result.returncode == 0, result.stderr
        found.append((base / "model" / "found").read_text())
    assert found == ["None", "None", "{'rate': '0.1'}"]


def test_a_fit_that_never_looks_is_ended_with_a_reason(base, code):
    folder = code("import time\ndef fit(job): print('fitting', flush=True); time.sleep(60)")
    program = "import kit.training as training; training.GRACE_SECONDS = 1; training.main()"
    env = environment(base, folder, PYTHONPATH=str(KIT / "template" / "program"))
    process = subprocess.Popen([*command("train")[:1], "-c", program], env=env, stdout=subprocess.PIPE, text=True)
    assert "fitting" in process.stdout.readline()
    started = time.monotonic()
    process.terminate()
    assert process.wait(20) == 1 and time.monotonic() - started < 10
    assert "test job.stopping now and then" in failure(base)
