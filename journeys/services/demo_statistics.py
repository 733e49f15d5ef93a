"""The real statistics of the demonstration: a small extract, so that evidence stands beside the answers."""

from journeys.services.demo_content import DEMO
from mapping.models import Exercise, IndicatorTable
from mapping.services.indicators import ImportChoices, import_indicators

FILE = "persons-employed-2014.csv"


def add_statistics(*, exercise: Exercise) -> IndicatorTable:
    """Persons employed by activity in 33 regions: six of the partnership and others to compare with.

    Not invented, unlike the answers. Two regions of the partnership are no sum of its territories.
    """
    return import_indicators(
        exercise=exercise,
        content=(DEMO / FILE).read_bytes(),
        source="table",
        choices=ImportChoices(
            key="persons-employed",
            title="Persons employed by activity (extract)",
            origin="Eurostat, structural business statistics (sbs_r_nuts06_r2)",
            licence="CC BY 4.0",
            unit="persons employed",
            year=2014,
            vintage="2013",
            zero_is_missing=True,  # the file writes 0 also for what is confidential
        ),
    )
