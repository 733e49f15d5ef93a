"""The command that applies one method to a file."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from journeys.management.commands.method import METHODS
from tests.golden.vectors import cases, differences

CASES = cases()


def run(*words):
    """(exit code, what it printed, what it complained about)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("method", *words, stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def written(tmp_path):
    """A file with this text, or with this value as JSON."""

    def write(content):
        file = tmp_path / "inputs.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(file)

    return write


def test_every_vector_has_a_method():
    assert {case.method for case in CASES} <= set(METHODS)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.method}-{case.name}" for case in CASES])
def test_a_vector_from_a_file(case, written):
    code, out, err = run(case.method, written({"inputs": case.inputs}))
    assert (code, err) == (0, "")
    assert differences(json.loads(out), case.expected, case.tolerance) == []


def test_the_inputs_alone_will_do(written):
    assert run("t_interval", written({"sample": [1, 2]})) == run(
        "t_interval", written({"inputs": {"sample": [1, 2]}, "expected": {}})
    )


def test_prints_one_json_object_and_nothing_else(written):
    code, out, err = run("bootstrap_mean", written({"sample": [1, None]}))
    assert (code, err) == (0, "")
    assert out.endswith("}\n")
    assert json.loads(out) == {
        "n_resamples": 1,
        "mean": 1.0,
        "se": None,
        "q025": None,
        "q975": None,
        "q05": None,
        "q95": None,
        "reason": "N_TOO_SMALL",
        "reasons": dict.fromkeys(("se", "q025", "q975", "q05", "q95"), "N_TOO_SMALL"),
    }


def test_large_numbers_are_counted_exactly(written):
    code, out, err = run("t_interval", written({"sample": [1e100, -1e100] * 3}))
    assert (code, err) == (0, "")
    assert json.loads(out)["mean"] == 0
    assert json.loads(out)["max"] == 1e100
    assert "NaN" not in out
    assert "Infinity" not in out


def test_list_names_and_describes_every_method():
    code, out, err = run("--list")
    lines = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert (code, err, list(lines)) == (0, "", list(METHODS))
    assert lines["suppression"] == "Small-cell suppression of a table of counts with its totals (C9)."


WRONG = [
    ("t_interval", {}, "sample: missing"),
    ("t_interval", {"sample": [1], "size": 1}, "size: unknown, expected sample, confidence"),
    ("t_interval", {"sample": "1"}, "sample: expected a list of numbers"),
    ("t_interval", {"sample": ["1"]}, "sample[0]: expected a number, got '1'"),
    ("t_interval", {"sample": [1e308]}, "sample[0]: 1e+308 is too large to count with"),
    ("t_interval", {"sample": [1, 5e-324]}, "sample[1]: 5e-324 is too small to count with"),
    ("t_interval", b'{"sample": [1], "sample": [2]}', "sample: occurs twice in one object"),
    ("wheel_score", b'{"answers": {"r": [1], "r": [2]}, "min_coverage": 0}', "r: occurs twice in one object"),
    ("t_interval", b'{"sample": [NaN]}', "NaN: not a number; undefined values are null"),
    ("t_interval", b'{"sample": [1e999]}', "sample[0]: not a finite number"),
    ("t_interval", b'{"sample": [1' + b"0" * 400 + b"]}", "sample[0]: not a finite number"),
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": 1},
        "similarity: expected a list of [code, code, similarity]",
    ),
    (
        "stable_matching",
        {"requests": {}, "offers": None, "proposing": "requests"},
        "offers: expected an object of name and ordered names",
    ),
    ("evidence_analysis", {"names": {}}, "card: missing"),
    ("nothing", {}, "nothing: no such method; --list names them"),
]


@pytest.mark.parametrize("name, content, message", WRONG, ids=[message for _, _, message in WRONG])
def test_a_wrong_input_gets_one_line_and_exit_code_2(name, content, message, written):
    assert run(name, written(content)) == (2, "", f"{message}\n")


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "not JSON, Expecting value in line 1"),
        (b"{'sample': 1}", "not JSON, Expecting property name enclosed in double quotes in line 1"),
        (b"\xff\xfe", "not UTF-8 text"),
        (b"[1, 2]", "expected an object of inputs"),
        (b'{"inputs": [1]}', "expected an object of inputs"),
        (b"[" * 100_000, "too deeply nested"),
        (b'{"sample": ["\\ud800"]}', "holds half a sign (a lone surrogate)"),
        (b'{"sample": [1, 2', "not JSON, Expecting ',' delimiter in line 1"),
    ],
)
def test_a_file_that_is_no_object_is_named(content, message, written):
    file = written(content)
    assert run("t_interval", file) == (2, "", f"{file}: {message}\n")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = tmp_path / "large.json"
    with file.open("wb") as handle:
        handle.truncate(200 * 1024**2)
    assert run("t_interval", str(file)) == (2, "", f"{file} cannot be read: larger than 150 MB (200.0 MB).\n")


def test_no_such_file(tmp_path):
    file = str(tmp_path / "none.json")
    assert run("t_interval", file) == (2, "", f"There is no file {file}.\n")


@pytest.mark.parametrize("words", [(), ("t_interval",)])
def test_something_is_missing(words):
    assert run(*words) == (2, "", "give the name of a method and a JSON file, or --list\n")
