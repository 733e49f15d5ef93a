"""A table of statistics and the runs of analyses, for the fault tests of what a scientist waits for."""

import json
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import F

from cohes3ion.lib.fingerprints import fingerprint
from governance.jobs import enqueue
from governance.models import Analysis, Finding, RegionResult, StatisticsImport
from governance.selectors.analyses import WHOLE
from governance.services.analyses import request_analysis
from governance.services.statistics_imports import confirm_import
from governance.services.statistics_imports import work_on_import as look
from governance.tasks import run_analysis, work_on_import
from journeys.content.methods import METHODS
from mapping.analysis.methods import apply_method
from mapping.models import Exercise, IndicatorTable, IndicatorValue
from mapping.selectors.reference import reference_list
from mapping.services.indicators import ImportChoices

FIELDS = [f"{number}" for number in range(10, 34)]
SAID = {"origin": "Nobody", "licence": "CC0", "unit": "persons", "year": 2014, "provenance": "invented"}


def confirm_statistics(name: str) -> list[int]:
    """A file that was looked at and confirmed; its bell is rung. The job, and how many values it has."""
    regions = [row["code"] for row in reference_list("nuts-2021")["codes"] if len(row["code"]) == 4]
    lines = [f"{code},{field},{n + 1}" for n, code in enumerate(regions) for field in FIELDS]
    row = StatisticsImport(
        exercise=Exercise.objects.earliest("pk"),
        file_name="table.csv",
        source="table",
        choices=asdict(ImportChoices(key=name, title=name, **SAID)),
    )
    content = "\n".join(["geo,nace,value", *lines]) + "\n"
    row.file.save("file", ContentFile(content.encode()), save=False)
    row.save()
    look(import_id=row.pk)
    row.refresh_from_db()
    confirm_import(row=row)
    enqueue(work_on_import, row.pk)
    return [row.pk, row.found["values"]]


def statistics_kept(job: int) -> list[Any]:
    """Tables of this import, their values, and how the job stands."""
    row = StatisticsImport.objects.get(pk=job)
    tables = IndicatorTable.objects.filter(key=row.choices["key"])
    values = IndicatorValue.objects.filter(table__in=tables).count()
    return [tables.count(), values, row.state, row.attempts]


def ask_for_run(kind: str) -> int:
    """A run that nothing can be taken over for: another seed makes other inputs. Its bell is rung."""
    exercise = Exercise.objects.earliest("pk")
    Exercise.objects.filter(pk=exercise.pk).update(seed=F("seed") + 1)
    exercise.refresh_from_db()
    row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
    enqueue(run_analysis, row.pk)
    return row.pk


def run_kept(run: int) -> list[Any]:
    """Parts of regions, whether there are findings, and how the job stands."""
    row = Analysis.objects.get(pk=run)
    has_findings = Finding.objects.filter(analysis=run).exists()
    return [RegionResult.objects.filter(analysis=run).count(), has_findings, row.state, row.attempts]


def is_as_made_at_once(run: int) -> bool:
    """Whether the kept result is what the frozen inputs give to somebody who is not disturbed."""
    row = Analysis.objects.get(pk=run)
    alone = json.loads(json.dumps(apply_method(METHODS[WHOLE[row.kind]], row.inputs)))
    return fingerprint(alone) == fingerprint(row.result)
