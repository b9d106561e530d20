"""The Python files that docs/container-kit.md shows work as they are."""

import json
import random
import re

import pytest

from kit.hooks import PARAMETERS
from programs import KIT, configure_training, pack_model, run

PAGE = (KIT.parent / "docs" / "container-kit.md").read_text()
FILES = re.findall(r"^```py\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
METRICS = ["regression_metrics", "binary_classification_metrics"]


@pytest.mark.parametrize(("file", "metrics"), list(zip(FILES, METRICS, strict=True)))
def test_goes_through_a_pipeline(base, code, file, metrics):
    folder, numbers = code(file), random.Random(0)
    rows = [(numbers.random(), numbers.random()) for _ in range(200)]
    (base / "processing" / "input").mkdir(parents=True)
    (base / "processing" / "input" / "data.csv").write_text("".join(f"{int(x + y > 1)},{x},{y}\n" for x, y in rows))
    assert run("preprocess.py", base, code=folder).returncode == 0
    configure_training(base, {"c": "0.5"}, {"train": base / "processing" / "train"})
    assert run("train", base, code=folder).returncode == 0
    pack_model(base)
    result = run("evaluate.py", base, code=folder)
    assert result.returncode == 0, result.stderr
    assert list(json.loads((base / "processing" / "evaluation" / "evaluation.json").read_text())) == [metrics]


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_function_stands_there(name):
    assert f"| `{name}({', '.join(PARAMETERS[name])})`" in PAGE
