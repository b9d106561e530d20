import shutil
import sys
from pathlib import Path

import pytest

from programs import KIT, PROGRAMS

sys.path[:0] = [str(PROGRAMS), str(KIT / "check")]


@pytest.fixture
def base(tmp_path, monkeypatch) -> Path:
    """A folder that stands for /opt/ml."""
    monkeypatch.setenv("SAGEMAKER_BASE_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def code(tmp_path, monkeypatch):
    """Makes user code of a text, for this process and for those that it starts."""

    def write(text: str) -> Path:
        folder = tmp_path / "code"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "model.py").write_text(text)
        monkeypatch.setenv("SAGEMAKER_SUBMIT_DIRECTORY", str(folder))
        monkeypatch.delitem(sys.modules, "model", raising=False)
        monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
        return folder

    return write
