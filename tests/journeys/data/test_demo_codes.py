"""Codes and places of the units in the eight region files, as in the notes on the case."""

import pytest

from tests.journeys.data.demo_files import read

# Names and NUTS codes as in the notes on the case.
CODES = {
    "basque-country": "Araba/Álava ES211, Gipuzkoa ES212, Bizkaia ES213",
    "calabria": (
        "Cosenza ITF61, Crotone ITF62, Catanzaro ITF63, Vibo Valentia ITF64, Reggio di Calabria ITF65"
    ),
    "mazovia": (
        "Warsaw PL911, Wołomin PL912, Piaseczno PL913, Radom PL921, Ciechanów PL922, Płock PL923, "
        "Ostrołęka PL924, Siedlce PL925, Żyrardów PL926"
    ),
    "north-west-romania": (
        "Bihor RO111, Bistrița-Năsăud RO112, Cluj RO113, Maramureș RO114, Satu Mare RO115, Sălaj RO116"
    ),
    "ruhr-metropolis": (
        "Duisburg DEA12, Essen DEA13, Mülheim an der Ruhr DEA16, Oberhausen DEA17, Kreis Wesel DEA1F, "
        "Bottrop DEA31, Gelsenkirchen DEA32, Kreis Recklinghausen DEA36, Bochum DEA51, Dortmund DEA52, "
        "Hagen DEA53, Hamm DEA54, Herne DEA55, Ennepe-Ruhr-Kreis DEA56, Kreis Unna DEA5C"
    ),
    "southern-ireland": "Mid-West IE051, South-East IE052, South-West IE053",
    "stockholm": "Stockholm region SE11, Stockholm County SE110",
    "wales": "Wales UKL",
}


@pytest.mark.parametrize("slug", CODES)
def test_nuts_codes_are_those_of_the_units(slug):
    found = {row["name"]: row["nuts"] for row in read(slug)["units"]}
    for pair in CODES[slug].split(", "):
        name, _, code = pair.rpartition(" ")
        assert (name, found[name]) == (name, [code])


def test_the_ruhr_spans_fifteen_nuts_regions():
    """Their membership of the regional association is estimated, and says so."""
    units = {row["name"]: row for row in read("ruhr-metropolis")["units"]}
    members = [pair.rpartition(" ") for pair in CODES["ruhr-metropolis"].split(", ")]
    assert sorted(units["Ruhr Metropolis"]["nuts"]) == sorted(code for _, _, code in members)
    assert {units[name]["provenance"] for name, _, _ in members} == {"estimated"}


def test_the_digital_hub_of_the_ruhr_has_six_cities():
    units = {row["key"]: row for row in read("ruhr-metropolis")["units"]}
    assert [units[key]["name"] for key in units["ruhrhub"]["parents"]] == [
        *["Ruhr Metropolis", "Bochum", "Dortmund", "Duisburg", "Essen", "Gelsenkirchen"],
        "Mülheim an der Ruhr",
    ]


def test_tipperary_has_two_parents():
    units = {row["key"]: row for row in read("southern-ireland")["units"]}
    assert units["tipperary"]["parents"] == ["mid-west", "south-east"]
