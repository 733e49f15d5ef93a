"""A file read by another process: what it prints, or nothing when it may not go on."""

import pytest

from cohes3ion.lib.apart import read_apart

PRINTS = "json.tool"  # of Python itself: reads a file, prints JSON


def test_what_the_process_prints_comes_back(tmp_path):
    source = tmp_path / "a.json"
    source.write_text('{"rows": [1, null]}')
    assert read_apart(PRINTS, source, seconds=20) == {"rows": [1, None]}


def test_a_process_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    (tmp_path / "endless.py").write_text("while True: pass")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_apart("endless", tmp_path / "a", seconds=1) is None


@pytest.mark.parametrize("content", ["not JSON", ""])
def test_a_process_that_ends_without_an_answer_gives_none(tmp_path, content):
    source = tmp_path / "a.json"
    source.write_text(content)
    assert read_apart(PRINTS, source, seconds=20) is None
