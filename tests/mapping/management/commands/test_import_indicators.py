"""The command: what it prints, what it writes, how it ends."""

import pytest
from django.core.management import call_command

from mapping.models import IndicatorTable
from tests.factories.mapping import ExerciseFactory
from tests.mapping.services.test_indicators import TSV

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "jobs.tsv"
    path.write_text(TSV)
    return path


def test_import_indicators_says_what_it_read(file, capsys):
    ExerciseFactory()
    call_command("import_indicators", str(file), source="eurostat-tsv")
    told = capsys.readouterr().out
    assert "2 values of 2 regions and 2 codes, 1 not available; year 2014, unit NR, NUTS 2013" in told
    assert "1 regions not matched: not in NUTS 2021 and no recorded change: QQ99" in told
    assert IndicatorTable.objects.get().title == "jobs"


def test_import_indicators_writes_nothing_in_a_dry_run(file, capsys):
    ExerciseFactory()
    call_command("import_indicators", str(file), source="eurostat-tsv", dry_run=True)
    assert "nothing was written" in capsys.readouterr().out
    assert not IndicatorTable.objects.exists()


@pytest.mark.parametrize(
    ("unit", "said"), [("THS", "taken times 1,000"), ("EUR", "none, EUR is no count"), ("NR", "")]
)
def test_import_indicators_says_whether_the_unit_can_be_tested(file, capsys, unit, said):
    ExerciseFactory()
    call_command("import_indicators", str(file), source="eurostat-tsv", unit=unit, dry_run=True)
    told = capsys.readouterr().out
    assert said in told
    assert ("Test against noise" in told) is bool(said)


def test_import_indicators_ends_with_2_and_the_reasons(file, capsys):
    ExerciseFactory()
    file.write_text(TSV[:-12])
    with pytest.raises(SystemExit) as end:
        call_command("import_indicators", str(file), source="eurostat-tsv")
    assert end.value.code == 2
    assert "Nothing was imported." in capsys.readouterr().err
    assert not IndicatorTable.objects.exists()


def test_import_indicators_refuses_a_huge_file_without_reading_it(file, capsys):
    ExerciseFactory()
    with file.open("r+b") as handle:
        handle.truncate(200 * 1024 * 1024)
    with pytest.raises(SystemExit):
        call_command("import_indicators", str(file), source="eurostat-tsv")
    assert "cannot be read: larger than 50 MB (200.0 MB).\nNothing was imported." in capsys.readouterr().err
