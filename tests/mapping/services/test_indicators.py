"""Files of statistics: three forms, what is kept, reported and refused. All figures are invented."""

import pytest

from mapping.models import IndicatorTable, IndicatorValue
from mapping.services import indicator_files
from mapping.services.indicator_files import FileRefused, read_observations
from mapping.services.indicators import ImportChoices, import_indicators, prepare_import
from tests.factories.mapping import ExerciseFactory

TSV = (
    "freq,unit,nace_r2,geo\\TIME_PERIOD\t2013 \t2014 \n"
    "A,NR,C10,ES21\t10 \t12.5 p\n"
    "A,NR,C10,PL12\t: \t: c\n"
    "A,NR,C21,ES21\t3 \t4 b\n"
    "A,NR,C21,ES\t30 \t40 \n"
    "A,NR,C21,QQ99\t1 \t1 \n"
)
SDMX = (
    "OBS_VALUE,geo,TIME_PERIOD,nace_r2,unit,OBS_FLAG,CONF_STATUS,LAST UPDATE\n"
    '12.5,ES21,2014,C10,NR,p,,"01/02/24"\n'
    ",PL12,2014,C10,NR,,C,\n"
    "4,ES21,2014,C21,NR,b,,\n"
)
WIDE = "nuts_id;region;10;21\nES21;País Vasco;12,5;4\nPL12;Mazowieckie;:;0\n"
WIDE_ROWS = "".join(f"ES{n:02}" + ",1" * 99 + "\n" for n in range(9))
CHOICES = {"key": "jobs", "title": "Jobs", "origin": "Somebody", "licence": "CC BY 4.0"}


def values(text, source, **choices):
    made, report = prepare_import(
        content=text if isinstance(text, bytes) else text.encode(),
        source=source,
        choices=ImportChoices(**CHOICES, **choices),
    )
    return {(row.region, row.domain): (row.value, row.flag) for row in made}, report


WANTED = {("ES21", "C10"): (12.5, "p"), ("PL12", "C10"): (None, "c"), ("ES21", "C21"): (4.0, "b")}


@pytest.mark.parametrize(("text", "source"), [(TSV, "eurostat-tsv"), (SDMX, "eurostat-sdmx-csv")])
def test_import_reads_the_forms_of_eurostat_with_flags(text, source):
    found, report = values(text, source)
    assert found == WANTED
    assert (report.year, report.unit, report.vintage, report.split) == (2014, "NR", "2013", ["PL12"])
    assert report.flags == {"p": 1, "c": 1, "b": 1}


def test_import_tells_codes_without_a_figure_from_those_that_are_lost():
    text = "geo,year,nace,value\nES21,2015,C,5\nEL11,2015,C,:\nIE02,2015,C,7\nEU27,2015,C,9\nEA19,2015,C,9\n"
    _found, report = values(text, "table", unit="persons")
    assert (report.unmatched, report.without_figures) == (["IE02"], ["EL11"])
    assert report.left_out == {"other levels of NUTS, or aggregates": 2}


def test_import_reports_what_it_leaves_out():
    _found, report = values(TSV, "eurostat-tsv")
    assert report.unmatched == ["QQ99"]
    assert report.left_out == {"other years": 5, "other levels of NUTS, or aggregates": 1}
    assert (report.values, report.missing) == (2, 1)


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_import_reads_plain_tables(separator, encoding):
    text = WIDE.replace(";", separator).replace("País", "Małopolskie").encode(encoding)
    found, report = values(text, "table", unit="persons", year=2014)
    assert found[("ES21", "10")] == (12.5, "")
    assert found[("PL12", "21")] == (0.0, "")
    assert report.missing == 1
    found, _report = values(text, "table", unit="persons", year=2014, zero_is_missing=True)
    assert found[("PL12", "21")] == (None, "")


REFUSED = [
    ("", "table", "The file is empty."),
    ("nuts_id,value\nES21,-3\n", "table", "Row 2: a count cannot be negative (-3)."),
    ("nuts_id,value\nES21,inf\n", "table", "Row 2: “inf” is no finite number."),
    ("nuts_id,value\nES21,nan\n", "table", "Row 2: “nan” is no finite number."),
    ("nuts_id,value\nES21,1e308\n", "table", "Row 2: 1e308 is too large for a count."),
    ("nuts_id,10,21\nES21,1,1\nES21,1,2\n", "table", "Rows 2 and 3 have the same key (ES21)."),
    (
        TSV + "A,NR,C10,ES21\t1 \t1 \n",
        "eurostat-tsv",
        "Rows 2 and 7 have the same key (A NR C10 ES21).",
    ),
    (
        SDMX + "4,ES21,2014,C21,NR,,,\n",
        "eurostat-sdmx-csv",
        "Rows 4 and 5 have the same key (ES21 C21 2014 NR).",
    ),
    ("nuts_id,nace,value\nES21,10,1\nES21,10,2\n", "table", "Rows 2 and 3 have the same key (ES21 10)."),
    ("nuts_id,value\nES21,1\nES22", "table", "The file seems to be cut off."),
    ("nuts_id,value\nES21,1,2\nES22,1\n", "table", "Row 2 has 3 columns, 2 expected."),
    (
        "name,value\nHome,1\n",
        "table",
        "No column of NUTS codes, such as “geo” or “nuts_id”; found: name, value.",
    ),
    (
        "nuts_id,indicator,value\nES21,gdp,3\nES21,rci,-1\n",
        "table",
        "Column “indicator” holds no code of an activity, such as C21 or 21, but for example gdp, rci. "
        "A table counts one thing, such as jobs, by activity and region.",
    ),
    ("nuts_id,10\n", "table", "There are no rows below the names of the columns."),
    ("nuts_id,10,10\nES21,1,2\n", "table", "Two columns are called “10”."),
    (
        "PK\x03\x04",
        "table",
        "This is no text table. Save the sheet as CSV, or unpack the file, and try again.",
    ),
    (
        "geo,TIME_PERIOD\nES21,2014\n",
        "eurostat-sdmx-csv",
        "Column “OBS_VALUE” is missing; found: geo, TIME_PERIOD.",
    ),
    ("a\tb\nc\td\n", "eurostat-tsv", "The first column must end in “geo\\TIME_PERIOD”; found: a."),
]


@pytest.mark.parametrize(("text", "source", "sentence"), REFUSED)
def test_import_refuses_with_a_sentence(text, source, sentence):
    with pytest.raises(FileRefused) as refused:
        read_observations(text.encode(), source=source)
    assert sentence in refused.value.problems


def test_import_refuses_what_is_too_large_before_reading_it():
    with pytest.raises(FileRefused) as refused:
        read_observations(b"a" * (50 * 1024 * 1024 + 1), source="table")
    assert refused.value.problems == ("Larger than 50 MB (50.0 MB).",)


def test_import_names_each_repeated_row_once():
    head, *rows = ["nuts_id,10,21,22", "ES21,1,2,3", "ES21,1,2,3"]
    with pytest.raises(FileRefused) as refused:
        read_observations("\n".join([head, *rows]).encode(), source="table")
    assert refused.value.problems == ("Rows 2 and 3 have the same key (ES21).",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("geo," + ",".join(f"{n:02}" for n in range(1, 100)) + "\n" + WIDE_ROWS, "More than 500 values."),
        ("geo,value\nES21," + "1" * 1_000_001, "Row 2 is longer than 1000000 characters"),
        ("geo,value\nES21," + "1" * 200_000, "one of its cells is longer than 131072 characters"),
        ("geo,value\n" * 300_001, "More than 300000 rows."),
        ("geo," * 150_000 + "\n" + "ES21," * 150_000, "Two columns are called “geo”."),
    ],
)
def test_import_stops_reading_what_is_too_much(monkeypatch, text, sentence):
    monkeypatch.setattr(indicator_files, "MOST_VALUES", 500)
    with pytest.raises(FileRefused) as refused:
        read_observations(text.encode(), source="table")
    assert sentence in refused.value.problems[0]


def test_import_refuses_a_code_that_could_not_be_kept():
    with pytest.raises(FileRefused) as refused:
        values("geo,nace,value\nES21,10,1\nES21,A very long one,2\n", "table", unit="persons", year=2014)
    assert refused.value.problems == ("Row 3: the code “A very long one” is longer than 12 characters.",)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"vintage": "1999"}, "There is no NUTS version 1999 here. Known: 2013, 2016, 2021, 2024."),
        ({"year": 1990}, "The file has no values of 1990; it has 2013, 2014."),
        ({"level": 3}, "No value is left at level 3 of NUTS."),
        ({"vintage": "2021", "only": (("unit", "PC"),)}, "No value is left at level 2 of NUTS."),
    ],
)
def test_import_refuses_choices_that_do_not_fit(choices, sentence):
    with pytest.raises(FileRefused) as refused:
        values(TSV, "eurostat-tsv", **choices)
    assert refused.value.problems[0].startswith(sentence)


def test_import_asks_which_of_several_units():
    text = TSV + "A,PC,C10,ES21\t1 \t2 \n"
    with pytest.raises(FileRefused) as refused:
        values(text, "eurostat-tsv")
    assert refused.value.problems == ("The file holds several values of “unit”: NR, PC. Choose one.",)
    assert values(text, "eurostat-tsv", only=(("unit", "NR"),))[0] == WANTED


@pytest.mark.django_db
def test_import_saves_all_or_nothing_and_replaces_the_same_table():
    exercise, choices = ExerciseFactory(), ImportChoices(**CHOICES)
    done = {"exercise": exercise, "source": "eurostat-tsv", "choices": choices}
    table = import_indicators(content=TSV.encode(), **done)
    assert (table.year, table.unit, table.nuts_version, table.licence) == (2014, "NR", "2013", "CC BY 4.0")
    assert IndicatorValue.objects.get(table=table, region="PL12").covers == "PL91 PL92"
    with pytest.raises(FileRefused):
        import_indicators(content=(TSV + "A,NR,C10,ES22\t1 \t-1 \n").encode(), **done)
    assert IndicatorValue.objects.filter(table=table).count() == 3
    import_indicators(content=TSV.encode(), **done)
    assert (IndicatorTable.objects.count(), IndicatorValue.objects.count()) == (1, 3)
