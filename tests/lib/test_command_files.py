"""Paths on the command line: each command says what is wrong with one, and ends with 2."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cohes3ion.lib.command_files import PathRefused, check_source, check_target, read_file, write_file
from tests.factories.answers import answered_response

READING = {
    "import_answers": [],
    "import_questionnaire": ["--dry-run"],
    "import_indicators": ["--source", "table"],
    "method": [],
}
WRITING = {
    "export_answers": ["--format", "json"],
    "export_questionnaire": [],
    "render_document": [],
    "steering_brief": [],
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "file").write_text("x")
    return tmp_path


def words_of(command, response, path):
    """A call that is right but for its path."""
    exercise = response.region_map.exercise.slug
    if command == "export_questionnaire":
        return [response.questionnaire_version.questionnaire.key, "--output", path]
    region = ["--region", response.region_map.region.slug] if command == "steering_brief" else []
    if command in WRITING:
        return ["--exercise", exercise, "--output", path, *WRITING[command], *region]
    return [*(["t_interval"] if command == "method" else []), path, *READING[command]]


def refusal(command, words, capsys):
    with pytest.raises(SystemExit) as end:
        call_command(command, *words)
    assert end.value.code == 2
    return capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_cannot_be_written_is_a_sentence(command, folder, capsys):
    response = answered_response()
    for name, reason in (
        ("file/q.json", "cannot be written: Not a directory."),
        ("file/deeper/q.json", "cannot be written: Not a directory."),
        ("", "is a folder. Name a file, for example "),
        ("a" * 300, "cannot be written: File name too long."),
        ("a" * 300 + "/q.json", "cannot be written: File name too long."),
        ("a\0b", "cannot be written: this is no name of a file."),
    ):
        assert reason in refusal(command, words_of(command, response, str(folder / name)), capsys)
    assert ". is a folder." in refusal(command, words_of(command, response, ""), capsys)
    assert [path.name for path in folder.rglob("*")] == ["file"]


@pytest.mark.django_db
@pytest.mark.parametrize("command", READING)
def test_a_file_that_cannot_be_read_is_a_sentence(command, folder, capsys):
    response = answered_response()
    for name, reason in (
        ("none", "There is no file "),
        ("file/below", "There is no file "),
        ("", "Name a file."),
        ("a" * 300 + ".xlsx", "cannot be read: File name too long."),
        ("a\0b", "cannot be read: this is no name of a file."),
    ):
        assert reason in refusal(command, words_of(command, response, str(folder / name)), capsys)


@pytest.mark.django_db
def test_folders_that_are_missing_are_made(folder):
    response = answered_response()
    target = folder / "new" / "deeper" / "q.json"
    call_command("export_questionnaire", *words_of("export_questionnaire", response, str(target)))
    assert target.read_text(encoding="utf-8").endswith("}\n")


def test_own_outlines_into_a_file_are_refused(folder, capsys):
    words = ["--geojson", str(folder / "file"), "--output", str(folder), "--notice", "N"]
    assert "cannot be read as GeoJSON" in refusal("build_reference_data", words, capsys)
    with pytest.raises(CommandError):  # what the parser refuses stays with it
        call_command("build_reference_data", "--none")


def test_a_full_disk_is_a_sentence():
    with pytest.raises(PathRefused, match=r"^/dev/full cannot be written: No space left on device\.$"):
        write_file(Path("/dev/full"), b"x")


def test_what_is_right_goes_through(folder):
    target = folder / "new" / "a.bin"
    check_target(target, example="a.bin")
    assert not target.parent.exists()
    write_file(target, b"\x00\x01")
    check_source(target)
    check_target(target, example="a.bin")
    assert read_file(target, most=2) == b"\x00\x01"
    with pytest.raises(PathRefused, match="larger than 0 MB"):
        read_file(target, most=1)
