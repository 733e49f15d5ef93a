"""The shipped demonstration: every file reads, every key resolves, every record says where it is from."""

import json
import unicodedata
from pathlib import Path

import pytest

from governance.enums import Depth, Dimension, MandateRole
from journeys.services.demo_content import region_names
from mapping.enums import (
    AnswerKind,
    CapabilityKind,
    CapabilityStatus,
    ChainRole,
    Competence,
    Helix,
    Service,
    StrategyKind,
    UnitKind,
)
from tests.journeys.data.demo_files import DEMO, read

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT / "mapping" / "data"
CODE_LISTS = {"nace": "nace-2.1", "nabs": "nabs-2007", "ford": "ford", "policy": "policy-objectives"}
REGIONS = [
    "basque-country",
    "calabria",
    "mazovia",
    "north-west-romania",
    "ruhr-metropolis",
    "southern-ireland",
    "stockholm",
    "wales",
]
KINDS = ["units", "strategies", "priorities", "capabilities", "actors", "ties", "spaces", "opportunities"]
KEYED = ["units", "priorities", "capabilities", "actors", "spaces"]
every_region = pytest.mark.parametrize("slug", REGIONS)


def records(content, *kinds):
    return [record for kind in kinds or KINDS for record in content[kind]]


def keys(content, kind):
    return {record["key"] for record in content[kind]}


def texts(value):
    """Every string in a file, at any depth."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts(part)]


def sourced_parts(value):
    """Every record of the project card, at any depth: what carries a provenance."""
    found = [value] if isinstance(value, dict) and "provenance" in value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return found + [record for part in parts for record in sourced_parts(part)]


def without_address(found):
    return [
        record
        for record in found
        if not record["source"]
        or not all(url.startswith(("http://", "https://")) for url in record["source"])
    ]


def test_the_eight_regions_and_the_project_are_shipped():
    assert region_names() == sorted(REGIONS)
    assert (DEMO / "project.json").exists()


@every_region
def test_a_file_is_named_after_its_region(slug):
    content = read(slug)
    assert content["slug"] == slug
    assert content["country"] in ("DE", "ES", "IE", "IT", "PL", "RO", "SE", "UK")
    assert content["summary"]
    assert content["lead"] in [partner["name"] for partner in read("project")["partners"]]


@every_region
def test_every_record_has_a_source_address_and_a_provenance(slug):
    content = read(slug)
    assert without_address(records(content, *KINDS, "documents")) == []
    assert {record["provenance"] for record in records(content, *KINDS, "documents")} == {
        "sourced",
        "estimated",
    }
    assert content["source"]


@every_region
def test_an_estimated_unit_or_capability_says_so_in_words(slug):
    rows = records(read(slug), "units", "priorities", "capabilities")
    assert [row["key"] for row in rows if row["provenance"] == "estimated" and not row["note"]] == []


@every_region
def test_keys_are_given_once(slug):
    content = read(slug)
    for kind in KEYED:
        assert len(keys(content, kind)) == len(content[kind])
    # The loader finds the strategy of a priority by its title.
    assert len({row["title"] for row in content["strategies"]}) == len(content["strategies"])
    capabilities = [(row["unit"], row["name"]) for row in content["capabilities"]]
    assert len(set(capabilities)) == len(capabilities)


@every_region
def test_keys_are_plain_and_names_fit_their_columns(slug):
    content = read(slug)
    for row in records(content, *KEYED):
        assert row["key"].replace("-", "").isalnum()
        assert row["key"].isascii()
        assert len(row["key"]) <= 80
        assert 0 < len(row["name"]) <= 200
    for row in content["strategies"]:
        assert len(row["title"]) <= 300
        for field, longest in [("period", 60), ("adopted", 60), ("adopted_by", 200)]:
            assert len(row[field] or "") <= longest
    for row in content["ties"]:
        assert len(row["kind"]) <= 60


@every_region
def test_units_resolve(slug):
    content = read(slug)
    units = keys(content, "units")
    for row in content["units"]:
        assert set(row["parents"]) <= units - {row["key"]}
        assert row["kind"] in UnitKind
        assert row["competence"] is None or row["competence"] in Competence
    for row in records(content, "strategies", "capabilities"):
        assert row["unit"] in units
    for row in records(content, "actors", "spaces", "opportunities"):
        assert set(row["units"]) <= units
        assert len(set(row["units"])) == len(row["units"])


@every_region
def test_units_make_no_circle(slug):
    parents = {row["key"]: row["parents"] for row in read(slug)["units"]}

    def above(key, seen):
        assert key not in seen
        for parent in parents[key]:
            above(parent, [*seen, key])

    for key in parents:
        above(key, [])


@every_region
def test_priorities_and_capabilities_resolve(slug):
    content = read(slug)
    titles = {row["title"] for row in content["strategies"]}
    priorities = keys(content, "priorities")
    assert {row["strategy"] for row in content["priorities"]} <= titles
    for row in content["capabilities"]:
        assert row["kind"] in CapabilityKind
        assert row["status"] is None or row["status"] in CapabilityStatus
        assert row["role"] is None or row["role"] in ChainRole
        assert row["priority_answer"] in AnswerKind
        assert (row["priority_answer"] == "value") == (row["priority"] is not None)
        assert row["priority"] is None or row["priority"] in priorities
        assert row["publicly_funded"] in (True, False, None)
        assert row["codes_by"] == "own"


@every_region
def test_actors_ties_and_spaces_resolve(slug):
    content = read(slug)
    actors, priorities = keys(content, "actors"), keys(content, "priorities")
    for row in content["actors"]:
        assert row["helix"] in Helix
        assert row["function"] in CapabilityKind
        kinds = [service["kind"] for service in row["services"]]
        assert set(kinds) <= set(Service.values)
        assert len(set(kinds)) == len(kinds)
    ties = [(row["from"], row["to"], row["kind"]) for row in content["ties"]]
    assert len(set(ties)) == len(ties)
    for start, end, _ in ties:
        assert {start, end} <= actors
        assert start != end
    for row in content["spaces"]:
        assert set(row["helices"]) <= set(Helix.values)
        assert row["topics"] == "all" or set(row["topics"]) <= priorities
        assert row["depth"] is None or row["depth"] in Depth
        assert row["depth_answer"] == ("no_information" if row["depth"] is None else "value")
        for mandate in row["mandates"]:
            assert mandate["topic"] is None or mandate["topic"] in priorities
            assert mandate["role"] in MandateRole
            assert 0 < len(mandate["who"]) <= 200


def test_strategies_have_a_kind():
    kinds = {row["kind"] for slug in REGIONS for row in read(slug)["strategies"]}
    assert kinds <= set(StrategyKind.values)


@every_region
def test_codes_exist_in_the_reference_data(slug):
    known = {
        f"{name}:{row['code']}"
        for name, file in CODE_LISTS.items()
        for row in json.loads((REFERENCE / f"{file}.json").read_text(encoding="utf-8"))["codes"]
    }
    used = {code for row in records(read(slug), "priorities", "capabilities") for code in row["codes"]}
    assert used - known == set()


@every_region
def test_nuts_codes_exist_in_the_reference_data(slug):
    content = read(slug)
    listed = json.loads((REFERENCE / "nuts-2021.json").read_text(encoding="utf-8"))["codes"]
    used = {code for row in content["units"] for code in row["nuts"]} | set(content["nuts"])
    assert used - {row["code"] for row in listed} == set()


@every_region
def test_every_priority_and_capability_is_coded_in_three_ways(slug):
    """Economic, scientific and policy codes, so that overlaps can be seen inside and across regions."""
    for row in records(read(slug), "priorities", "capabilities"):
        lists = {code.partition(":")[0] for code in row["codes"]}
        assert {"nace", "policy"} <= lists <= set(CODE_LISTS)
        assert lists & {"nabs", "ford"}
        assert len(set(row["codes"])) == len(row["codes"])


def test_regions_share_activities():
    """Each region meets every other one in at least five economic codes: there is something to find."""
    used = {
        slug: {c for row in read(slug)["capabilities"] for c in row["codes"] if c.startswith("nace:")}
        for slug in REGIONS
    }
    fewest = min(len(used[a] & used[b]) for a in REGIONS for b in REGIONS if a < b)
    assert fewest >= 5


@every_region
def test_every_unit_has_a_capability(slug):
    """No row of the matrix is empty."""
    content = read(slug)
    assert keys(content, "units") - {row["unit"] for row in content["capabilities"]} == set()


@every_region
def test_what_is_unknown_is_said(slug):
    content = read(slug)
    assert len(content["unknown"]) >= 3
    assert any("Conclusions" in line or slug == "mazovia" for line in content["unknown"])


@pytest.mark.parametrize("slug", [*REGIONS, "project"])
def test_texts_are_composed_and_clean(slug):
    """Accents as single characters, no control characters, no stray spaces."""
    for text in texts(read(slug)):
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert "  " not in text
        assert not any(unicodedata.category(character) == "Cc" for character in text)


def test_names_keep_their_accents():
    names = {row["name"] for slug in REGIONS for row in records(read(slug), "units")}
    assert {
        "Araba/Álava",
        "Bistrița-Năsăud",
        "Busturialdea",
        "Ciechanów",
        "Kista-Sollentuna-Häggvik",
        "Kungens kurva-Skärholmen",
        "Maramureș",
        "Mülheim an der Ruhr",
        "Ostrołęka",
        "Płock",
        "Sălaj",
        "Södertälje",
        "Täby centrum-Arninge",
        "Wołomin",
        "Żyrardów",
    } <= names


def test_what_no_source_confirms_is_left_out():
    """Names that are only general knowledge in the notes on the case."""
    shown = " ".join(text for slug in [*REGIONS, "project"] for text in texts(read(slug))).lower()
    for phrase in ["healthy food", "creative euskadi", "eco-innovation", "new materials"]:
        assert phrase not in shown


def test_mazovia_has_its_chain():
    content = read("mazovia")
    chain = content["chain"]
    assert [area["dimension"] for area in chain["areas"]] == ["E1", "E3", "E4", "E5"]
    assert [area["chosen"] for area in chain["areas"]] == [False, True, True, False]
    assert {area["dimension"] for area in chain["areas"]} <= set(Dimension.values)
    assert (chain["adopted_on"], chain["chosen_on"]) == ("2020-07-20", "2021-01-28")
    assert [action["date"] for action in chain["actions"]] == ["2021-06-17", "2021-06-17"]
    for area in chain["areas"]:
        assert set(area["units"]) <= keys(content, "units")
        assert area["text"]
        assert area["response"]
    assert without_address([chain, *chain["areas"], *chain["actions"]]) == []
    assert [slug for slug in REGIONS if "chain" in read(slug)] == ["mazovia"]


def test_every_record_of_the_project_has_a_source_address():
    assert without_address(sourced_parts(read("project"))) == []


def test_project_keys_resolve():
    card = read("project")
    areas = {area["key"] for area in card["focus_areas"]}
    for row in [*card["partners"], *card["visits"], *card["events"], *card["practices"]]:
        assert row["region"] is None or row["region"] in REGIONS
    assert {row["focus_area"] for row in card["practices"]} <= areas | {None}
    semesters = {row["number"] for row in card["semesters"]}
    assert {row["semester"] for row in [*card["visits"], *card["events"]]} <= semesters | {None}
