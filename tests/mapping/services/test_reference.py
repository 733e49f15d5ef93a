"""Loading the reference data: whole, and the second time nothing changes."""

import io

import pytest
from django.core.management import CommandError, call_command

from mapping.models import Code, CodeList, NutsRegion
from mapping.services.reference import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return load_reference()


def test_codes_and_regions_are_loaded(loaded):
    assert loaded.codes == {"nace": 1047, "nabs": 14, "ford": 48, "policy": 10}
    assert loaded.regions == {"2018": 233, "2021": 2010, "2024": 1971}
    assert Code.objects.count() == 1119
    assert NutsRegion.objects.count() == 4214
    assert set(CodeList.objects.filter(is_official=False).values_list("key", flat=True)) == {
        "nabs",
        "ford",
        "policy",
    }


def test_codes_know_their_parent_and_keep_the_order_of_the_list(loaded):
    code = Code.objects.select_related("parent__parent").get(key="nace:C21.1")
    assert (code.parent.key, code.parent.parent.key, code.depth) == ("nace:C21", "nace:C", 3)
    assert list(Code.objects.filter(code_list__key="ford").values_list("code", flat=True))[8:13] == [
        "2",
        "2.1",
        "2.2",
        "2.3",
        "2.4",
    ]


def test_regions_are_found_without_accents(loaded):
    found = NutsRegion.objects.filter(version="2021", search__contains="bistrita")
    assert [(region.code, region.name) for region in found] == [("RO112", "Bistrița-Năsăud")]
    assert NutsRegion.objects.get(version="2021", code="EL30").search == "αττικη attiki"


def test_regions_without_an_outline_are_counted_and_named(loaded):
    assert loaded.without_outline["2021"] == ()
    assert "UKK21" in loaded.without_outline["2018"]
    assert {"BA", "PT1A", "XK"} <= set(loaded.without_outline["2024"])
    without = NutsRegion.objects.filter(has_outline=False).values_list("version", "code")
    assert set(without) == {
        (version, code) for version, codes in loaded.without_outline.items() for code in codes
    }
    # Codes that only changed their name in 2024 are drawn.
    assert NutsRegion.objects.get(version="2024", code="NL361").has_outline


def test_loading_again_changes_nothing(loaded, django_assert_max_num_queries):
    before = list(Code.objects.values_list()), list(NutsRegion.objects.values_list())
    with django_assert_max_num_queries(30):
        assert load_reference() == loaded
    assert (list(Code.objects.values_list()), list(NutsRegion.objects.values_list())) == before


def test_loading_again_repairs_rows_and_keeps_their_number(loaded):
    code = Code.objects.get(key="nace:C21.1")
    Code.objects.filter(pk=code.pk).update(label="wrong", parent=None)
    NutsRegion.objects.filter(version="2021", code="ES21").update(name="wrong", has_outline=False)
    load_reference()
    again = Code.objects.select_related("parent").get(key="nace:C21.1")
    assert (again.pk, again.label, again.parent.key) == (code.pk, code.label, "nace:C21")
    region = NutsRegion.objects.get(version="2021", code="ES21")
    assert (region.name, region.has_outline) == ("País Vasco", True)


def test_command_says_what_it_loaded():
    said = io.StringIO()
    call_command("load_reference", stdout=said)
    assert said.getvalue().splitlines()[:3] == [
        "Codes: nace 1,047, nabs 14, ford 48, policy 10",
        "NUTS 2018: 233 regions, 9 without an outline "
        "(UKK21, UKK22, UKN10, UKN11, UKN12, UKN13, UKN14, UKN15 ...)",
        "NUTS 2021: 2,010 regions, 0 without an outline",
    ]


def test_command_names_a_missing_file_of_the_operator(settings, tmp_path):
    settings.OUTLINES_DIR = str(tmp_path)
    with pytest.raises(CommandError, match=r"map-nuts0\.json"):
        call_command("load_reference")
