"""Finds the one file that is not the kit's."""

import importlib
import os
import sys
from types import ModuleType
from typing import Callable, Optional

from kit import paths


class UserCodeError(Exception):
    """code/model.py lacks something."""


def module() -> ModuleType:
    file = paths.user_code() / os.environ.get("SAGEMAKER_PROGRAM", "model.py")
    if not file.is_file():
        raise UserCodeError(f"{file} does not exist")
    if str(file.parent) not in sys.path:
        sys.path.insert(0, str(file.parent))  # under its own name, so that what it pickles can be unpickled
    return importlib.import_module(file.stem)


def function(name: str) -> Callable:
    found = optional(name)
    if found is None:
        raise UserCodeError(f"{module().__file__} defines no function {name}")
    return found


def optional(name: str) -> Optional[Callable]:
    return getattr(module(), name, None)
