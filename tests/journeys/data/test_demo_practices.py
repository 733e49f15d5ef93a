"""The thirteen practices of the demonstration, each from the region and the address where it was found."""

from journeys.models import Practice
from tests.journeys.data.demo_files import read

# slug, region, focus area, dimensions, last part of the first source (40 characters)
TABLE = """
stockholm-business-alliance stockholm alignment E2,E3,E7 stockholm-business-alliance
regional-cores stockholm alignment E1,E3,E7 regional-cores-for-polycentric-regional-
iti-warsaw mazovia alignment E6,E1,E3 integrated-territorial-investments-for-w
discovery-groups-mazovia mazovia strategy E4,E1 the-process-of-entrepreneurial-discovery
cezamat mazovia - E5,E4 wizyta-terenowa-na-mazowszu-w-ramach-pro
bizkaia-orekan basque-country alignment E3,E2,E5 bizkaia-orekan-biscay-at-balance
cyber-ireland southern-ireland support E5,E4 cyber-ireland-cluster-established
sbri-centre wales support E6,E4 wales-hosts-partners-across-europe-innov
tech-valleys wales - E8,E6 wales-hosts-partners-across-europe-innov
cardiff-capital-region wales - E6,E2,E1 wales-hosts-partners-across-europe-innov
green-home calabria - E5,E4 cohes3ion-partners-learn-from-experts-in
fincalabra calabria - E5 cohes3ion-partners-learn-from-experts-in
matchmaker-ruhr ruhr-metropolis support E5,E4 september
"""
# Of these the page says "not found in the sources" where nothing stands.
ASKED = ("timescale", "institution", "resources", "evidence", "difficulties", "transfer", "conditions")
CONTENT = read("practices")


def test_every_practice_stands_where_it_was_found():
    found = [
        " ".join(
            [
                *(row["slug"], row["region"], row.get("theme") or "-", ",".join(row["dimensions"])),
                row["sources"][0].rstrip("/").rpartition("/")[2][:40],
            ]
        )
        for row in CONTENT["practices"]
    ]
    assert found == TABLE.strip().splitlines()


def test_what_no_source_tells_is_named_and_nothing_else():
    fields = {field.name for field in Practice._meta.fields}
    for row in CONTENT["practices"]:
        assert set(row["unknown"]) <= fields
        empty = {name for name in (*ASKED, "level", "theme") if not row.get(name)}
        assert empty <= set(row["unknown"])
        # Words beside "not found in the sources" would be invented; a choice is our reading.
        assert {name for name in row["unknown"] if row.get(name)} <= {"level", "theme"}


def test_invented_plans_name_a_practice_of_another_region():
    regions = {row["slug"]: row["region"] for row in CONTENT["practices"]}
    uses = [(row["region"], row["dimension"], row["practice"]) for row in CONTENT["uses"]]
    assert uses == [
        ("mazovia", "E3", "bizkaia-orekan"),
        ("mazovia", "E4", "matchmaker-ruhr"),
        ("mazovia", "E5", "cyber-ireland"),
    ]
    assert [regions[practice] for _region, _dimension, practice in uses] == [
        "basque-country",
        "ruhr-metropolis",
        "southern-ireland",
    ]
