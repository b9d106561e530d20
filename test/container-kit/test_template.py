"""What no program here can try: facts about the files themselves."""

import ast
import json
import re
from pathlib import Path

import pytest

from programs import DIABETES, KIT, PROGRAMS

ROOT = KIT.parent
DOCKERFILE = (KIT / "template" / "Dockerfile").read_text()
SOURCES = [*KIT.rglob("*.py"), PROGRAMS / "train", PROGRAMS / "serve"]


def pins(file: Path) -> set:
    return {line for line in file.read_text().splitlines() if line and not line.startswith("#")}


def test_commands_reach_the_program_as_process_1():
    assert not re.search(r"^ENTRYPOINT", DOCKERFILE, re.MULTILINE)
    assert [json.loads(command) for command in re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)] == [["serve"]]


@pytest.mark.parametrize("label", ["accept-bind-to-port", "multi-models"])
def test_labels_that_sagemaker_asks_for(label):
    assert f"com.amazonaws.sagemaker.capabilities.{label}=true" in DOCKERFILE


def test_no_code_where_sagemaker_mounts():
    assert not re.search(r"^(COPY|ADD) .*/opt/ml", DOCKERFILE, re.MULTILINE)


def test_the_pipelines_default_commands_are_there():
    steps = (ROOT / "src" / "training" / "happy-path" / "ml-training-steps.ts").read_text()
    commands = re.findall(r"/opt/ml/code/([a-z]+\.py)", steps)
    assert sorted(commands) == ["evaluate.py", "preprocess.py"]
    assert all((PROGRAMS / command).exists() for command in commands)


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: str(file.relative_to(KIT)))
def test_runs_on_python_3_9_and_stays_short(source):
    text = source.read_text()
    ast.parse(text, feature_version=(3, 9))
    assert len(text.splitlines()) < 200


@pytest.mark.parametrize("source", [*(KIT / "check").rglob("*.py")], ids=lambda file: file.name)
def test_the_check_needs_no_package(source):
    own = {file.stem for file in (KIT / "check").rglob("*.py")} | {"groups"}
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert names - own <= set(__import__("sys").stdlib_module_names)


def test_what_is_tested_is_what_the_image_installs():
    tested = pins(ROOT / "scripts" / "python" / "requirements-container-kit.txt")
    assert pins(PROGRAMS / "requirements.txt") | pins(DIABETES / "requirements.txt") <= tested
