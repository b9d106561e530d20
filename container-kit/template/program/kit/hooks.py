"""The functions of the user's file that the programs call, and whether they can be called so."""

import inspect
from typing import Any, Optional

from kit import usercode

PARAMETERS = {
    "fit": ("job",),
    "load": ("folder",),
    "predict": ("model", "rows"),
    "prepare": ("job",),
    "evaluate": ("model", "job"),
    "read": ("body", "content_type"),
    "write": ("predictions", "accept"),
}


def check(*names: str, needed: tuple = ()) -> None:
    """Refuses functions that could not be called: before a training of hours, and before an endpoint takes requests."""
    for name in needed:
        usercode.function(name)
    found = [(name, usercode.optional(name)) for name in (*needed, *names)]
    problems = [problem for name, hook in found if hook is not None and (problem := _problem(name, hook))]
    if problems:
        raise usercode.UserCodeError(f"{usercode.module().__file__}: {'; '.join(problems)}")


def _problem(name: str, hook: Any) -> Optional[str]:
    call = f"{name}({', '.join(PARAMETERS[name])})"
    if not callable(hook):
        return f"{name} must be a function that can be called as {call}, got {type(hook).__name__} (rename it if it is something else)"
    if any(inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one) for one in (hook, type(hook).__call__)):
        return f"{name} must be a plain function that can be called as {call}, got one that is async"
    try:
        signature = inspect.signature(hook, follow_wrapped=False)  # a decorator may take other parameters than what it wraps
    except Exception:
        return None  # that of C code is not known, nor one whose annotations name what is imported for type checks only
    try:
        signature.bind(*PARAMETERS[name])
    except TypeError:
        named = f"{name}{signature}"[:200]
        return f"{named} must take what the kit passes by position, {call}, and nothing else without a default (rename it if it is another function)"
    return None
