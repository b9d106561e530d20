import json
import math

import pytest

from kit import bodies
from kit.bodies import CSV, JSON, JSON_LINES, Unsupported


class Array:
    """What numpy and its like have in common."""

    def __init__(self, values):
        self._values = values

    def tolist(self):
        return self._values


@pytest.mark.parametrize(
    ("body", "content_type", "rows"),
    [
        ('{"instances": [[1, 2], [3, 4]]}', JSON, [[1, 2], [3, 4]]),
        ("[[1, 2]]", "application/json; charset=utf-8", [[1, 2]]),
        ("[1, 2]", "application/x-json", [[1, 2]]),
        ('[{"age": 3}]', JSON, [{"age": 3}]),
        ("1,2\r\n\r\n3,x\r\n", "Text/CSV", [[1.0, 2.0], [3.0, "x"]]),
        ('"a,b",1', CSV, [["a,b", 1.0]]),
        ("\ufeff1,2", CSV, [[1.0, 2.0]]),
        ('[1]\n\n{"a": 2}\n', "application/jsonlines", [[1], {"a": 2}]),
    ],
)
def test_reads(body, content_type, rows):
    assert bodies.read(body.encode(), content_type) == rows


@pytest.mark.parametrize("body", [b"", b"{}", b'{"instances": 3}', b"3", b"[]", b'{"instances": []}', b"{", b"\xff"])
def test_refuses_json_that_holds_no_rows(body):
    with pytest.raises(ValueError):
        bodies.read(body, JSON)


@pytest.mark.parametrize("content_type", ["", "image/png", "application"])
def test_refuses_other_types(content_type):
    with pytest.raises(Unsupported, match="only application/json, text/csv, application/jsonlines"):
        bodies.read(b"x", content_type)


def test_writes_each_type():
    assert json.loads(bodies.write(Array([1.5, 2]), JSON)) == {"predictions": [1.5, 2]}
    assert bodies.write([1.5, [2, "x"]], CSV) == "1.5\n2,x\n"
    assert bodies.write([{"p": Array([1])}, (1, 2)], JSON_LINES) == '{"p": [1]}\n[1, 2]\n'


def test_csv_can_be_read_again():
    predictions = [{"label": "a,b", "score": 0.5}, ['say "x"', None], "c,d"]
    assert bodies.write(predictions, CSV) == '"a,b",0.5\n"say ""x""",\n"c,d"\n'


def test_arrays_in_arrays_and_tables():
    np = pytest.importorskip("numpy")

    class Table:
        def to_numpy(self):
            return np.array([[1, 2], [3, 4]])

    assert bodies.plain(np.array([np.float32(1), "x", np.array([2])], dtype=object)) == [1.0, "x", [2]]
    assert bodies.write(Table(), CSV) == "1,2\n3,4\n"


def test_a_line_ends_where_a_line_ends():
    """JavaScript writes these characters as they are."""
    assert bodies.read('{"a": "x\u2028y\x85"}\r\n[1]'.encode(), JSON_LINES) == [{"a": "x\u2028y\x85"}, [1]]
    with pytest.raises(ValueError, match="line 3: "):
        bodies.read(b"[1]\n\n[1\n", JSON_LINES)


def test_refuses_what_json_cannot_say():
    with pytest.raises(ValueError):
        bodies.write([math.nan], JSON)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON_LINES),
        ("*/*", JSON_LINES),
        ("text/csv", CSV),
        ("application/json;verbose=true", JSON),
        ("image/png, text/csv;q=0.5, application/json;q=0.8", JSON),
        ("text/*", CSV),
        ("image/png, */*;q=0.1", JSON_LINES),
    ],
)
def test_gives_what_the_caller_wants(accept, kind):
    assert bodies.wanted(accept, JSON_LINES) == kind


def test_refuses_what_it_cannot_give():
    with pytest.raises(Unsupported):
        bodies.wanted("image/png", JSON)
