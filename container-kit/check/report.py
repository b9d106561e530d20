"""What was found, as text while it runs and as JSON or JUnit for CI."""

import json
import xml.etree.ElementTree as xml
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Optional

MUST, SHOULD = "MUST", "SHOULD"


@dataclass
class Item:
    level: str
    group: str
    name: str
    passed: Optional[bool]  # None: not checked
    detail: str


class Report:
    def __init__(self) -> None:
        self.items: list = []
        self._group = ""

    def group(self, name: str) -> None:
        self._group = name

    def must(self, name: str, passed: bool, detail: Any = "") -> None:
        self._add(MUST, name, bool(passed), detail)

    def should(self, name: str, passed: bool, detail: Any = "") -> None:
        self._add(SHOULD, name, bool(passed), detail)

    def skip(self, level: str, name: str, why: str) -> None:
        self._add(level, name, None, why)

    def summary(self) -> str:
        passed, failed, skipped = (self._count(outcome) for outcome in (True, False, None))
        return f"{passed} passed, {failed} failed, {skipped} skipped"

    def failed(self, strict: bool) -> bool:
        return any(item.passed is False and (strict or item.level == MUST) for item in self.items)

    def write_json(self, file: Path) -> None:
        file.write_text(json.dumps([asdict(item) for item in self.items], indent=2))

    def write_junit(self, file: Path) -> None:
        counts = {"tests": len(self.items), "failures": self._count(False), "skipped": self._count(None)}
        suite = xml.Element("testsuite", name="SageMaker container contract", **{key: str(count) for key, count in counts.items()})
        for item in self.items:
            case = xml.SubElement(suite, "testcase", classname=item.group, name=f"{item.level} {item.name}")
            if item.passed is not True:
                xml.SubElement(case, "skipped" if item.passed is None else "failure", message=item.detail)
        xml.ElementTree(suite).write(file, encoding="utf-8", xml_declaration=True)

    def _add(self, level: str, name: str, passed: Optional[bool], detail: Any) -> None:
        text = "".join(character if character.isprintable() else " " for character in str(detail))[:300]
        self.items.append(Item(level, self._group, name, passed, text))
        outcome = {True: "ok", False: "FAIL", None: "skip"}[passed]
        print(f"{outcome:5}{level:7}{self._group}: {name}{f'  [{text}]' if text else ''}", flush=True)

    def _count(self, outcome: Optional[bool]) -> int:
        return sum(1 for item in self.items if item.passed is outcome)
