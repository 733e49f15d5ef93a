"""The rows of the eight region tables, typed by hand: each must be in its file, with its lists complete."""

import pytest

from tests.journeys.data.demo_files import read

UNITS = {
    "basque-country": {
        "region": ["Basque Country (Euskadi)"],
        "province": [
            *["Araba/Álava", "Gipuzkoa", "Bizkaia"],
            *["Bizkaia: North zone", "Bizkaia: East zone", "Bizkaia: South zone", "Bizkaia: West zone"],
        ],
        "county": [
            *["Txorierri", "Mungialdea", "Right Bank (Eskuinaldea)", "Uribekosta"],
            *["Busturialdea", "Lea-Artibai", "Durangaldea"],
            *["Nerbioi-Ibaizabal", "Arratia"],
            *["Ezkerraldea", "Meatzaldea", "Enkarterri"],
        ],
        "city": ["Bilbao"],
    },
    "ruhr-metropolis": {
        "region": ["North Rhine-Westphalia"],
        "metropolis": ["Ruhr Metropolis"],
        "city": [
            *["Duisburg", "Essen", "Mülheim an der Ruhr", "Oberhausen", "Bottrop", "Gelsenkirchen"],
            *["Bochum", "Dortmund", "Hagen", "Hamm", "Herne"],
        ],
        "county": ["Kreis Wesel", "Kreis Recklinghausen", "Ennepe-Ruhr-Kreis", "Kreis Unna"],
        "network": ["ruhrHUB"],
    },
    "mazovia": {
        "region": ["Mazovia (Mazowieckie Voivodeship)"],
        "metropolis": ["Warsaw Metropolis"],
        "city": [
            *["Warsaw", "Ciechanów", "Ostrołęka", "Płock", "Radom", "Siedlce", "Żyrardów"],
            *["Piaseczno", "Wołomin"],
        ],
    },
    "wales": {
        "region": ["Wales"],
        "province": ["North Wales", "Mid Wales", "South West Wales", "South East Wales"],
        "metropolis": ["Cardiff Capital Region"],
        "county": ["Tech Valleys (Blaenau Gwent)"],
    },
    "southern-ireland": {
        "national": ["Ireland"],
        "region": ["Southern Region"],
        "province": ["Mid-West", "South-East", "South-West"],
        "metropolis": ["Cork Metropolitan Area", "Limerick Metropolitan Area", "Waterford Metropolitan Area"],
        "county": [
            *["Carlow", "Tipperary", "Waterford", "Wexford", "Kilkenny"],
            *["Cork County", "Kerry", "Clare", "Limerick"],
        ],
        "city": ["Cork City"],
        "network": ["Cyber Ireland"],
    },
    "stockholm": {
        "region": ["Stockholm region"],
        "county": ["Stockholm County"],
        "metropolis": [
            *["Central regional core", "Arlanda-Märsta", "Barkarby-Jakobsberg", "Flemingsberg"],
            *["Haninge centrum", "Kista-Sollentuna-Häggvik", "Kungens kurva-Skärholmen", "Södertälje"],
            "Täby centrum-Arninge",
        ],
        "city": ["Hagastaden"],
        "network": ["Network of regional cores", "Stockholm Business Alliance"],
    },
    "calabria": {
        "region": ["Calabria"],
        "province": ["Cosenza", "Crotone", "Catanzaro", "Vibo Valentia", "Reggio di Calabria"],
        "network": ["Innovation poles of Calabria"],
    },
    "north-west-romania": {
        "region": ["North-West (Nord-Vest)"],
        "county": ["Bihor", "Bistrița-Năsăud", "Cluj", "Maramureș", "Satu Mare", "Sălaj"],
        "city": ["Cluj-Napoca", "Cluj Innovation City"],
    },
}

# Table and row of the notes on the case, unit, strategies in that row.
STRATEGIES = {
    "basque-country": [
        ("3.1 row 1", ["PCTI Euskadi 2030"]),
        ("3.1 row 2", ["PCTI Euskadi 2020"]),
        ("3.1 row 3", ["Bizkaia Orekan", "Bizkaia Orekan Sakonduz"]),
        ("3.1 row 4", [f"Orekan working group agenda, {z} zone" for z in ("North", "East", "South", "West")]),
        ("3.1 row 5", ["Bilbao Next / Bilbao Next Lab"]),
    ],
    "ruhr-metropolis": [
        ("3.2 row 1", ["Regional Innovation Strategy of North Rhine-Westphalia 2021-2027"]),
        (
            "3.2 row 2",
            ["Smart specialisation strategy of the Ruhr (planned)", "Lead markets of the Ruhr Metropolis"],
        ),
        ("3.2 row 3", ["Digital hub of the Ruhr"]),
    ],
    "mazovia": [
        ("3.3 row 1", ["RIS Mazovia 2030"]),
        ("3.3 row 2", ["RIS Mazovia to 2020"]),
        (
            "3.3 row 3",
            [
                "Integrated Territorial Investments strategy for the Warsaw functional area 2014-2020",
                "Integrated Territorial Investments strategy for the Warsaw metropolis 2021-2027+",
                "Warsaw metropolis development strategy 2040",
            ],
        ),
        (
            "3.3 row 4",
            [
                *["Town strategy of Ciechanów", "Town strategy of Ostrołęka", "Town strategy of Płock"],
                *["Town strategy of Radom", "Town strategy of Siedlce", "Town strategy of Żyrardów"],
                *["Town strategy of Piaseczno", "Town strategy of Wołomin"],
            ],
        ),
    ],
    "wales": [
        ("3.4 row 1", ["Innovation Wales"]),
        ("3.4 row 2", ["Wales Innovates"]),
        ("3.4 row 3", [f"Regional Economic Framework {w} Wales" for w in ("North", "Mid")]),
        ("3.4 row 3", [f"Regional Economic Framework {w} Wales" for w in ("South West", "South East")]),
        ("3.4 row 4", ["Regional Industrial and Economic Plan", "City Deal of the Cardiff Capital Region"]),
        ("3.4 row 5", ["Tech Valleys programme"]),
    ],
    "southern-ireland": [
        ("3.5 row 1", ["National Smart Specialisation Strategy for Innovation 2022-2027"]),
        (
            "3.5 row 2",
            [
                "Regional Spatial and Economic Strategy for the Southern Region",
                "A Regional Approach to Smart Specialisation",
            ],
        ),
        ("3.5 row 3", ["South-West Regional Enterprise Plan to 2020"]),
        ("3.5 row 4", ["Mid-West Regional Enterprise Plan to 2020"]),
        ("3.5 row 5", ["South-East Regional Enterprise Plan to 2020"]),
        ("3.5 row 6", [f"{c} Metropolitan Area Strategic Plan" for c in ("Cork", "Limerick", "Waterford")]),
    ],
    "stockholm": [
        ("3.6 row 1", ["Research and innovation strategy for smart specialisation of the Stockholm region"]),
        ("3.6 row 2", ["RUFS 2050"]),
        ("3.6 row 3", ["Partnership of Stockholm Business Alliance"]),
    ],
    "calabria": [
        ("3.7 row 1", ["S3 Calabria 2014-2020"]),
        ("3.7 row 2", ["S3 Calabria 2021-2027"]),
        ("3.7 row 3", ["Innovation poles"]),
    ],
    "north-west-romania": [
        ("3.8 row 1", ["RIS3 NV 2018-2020", "RIS3 NV 2021-2027"]),
        (
            "3.8 row 2",
            [
                "Development strategy of Cluj-Napoca 2014-2020",
                "Integrated Urban Development Strategy of Cluj-Napoca",
            ],
        ),
        ("3.8 row 3", ["Cluj Innovation City concept"]),
    ],
}

PRIORITIES = {
    "basque-country": ["Smart industry", "Cleaner energies", "Personalised health"],
    "ruhr-metropolis": [
        *["Health", "Resource efficiency", "Mobility", "Urban construction and housing"],
        *["Sustainable consumption", "Digital communication", "Education and knowledge"],
        "Leisure and events",
    ],
    "mazovia": [
        *["Safe food (BEZY)", "Intelligent systems in industry and infrastructure (INSPI)"],
        *["Modern business ecosystem (NEKO)", "High quality of life (WOJAZ)"],
    ],
    "wales": [
        *["Life sciences and health", "Low carbon, energy and environment"],
        *["Advanced engineering and materials", "ICT and digital economy"],
        *["Mission: education", "Mission: economy", "Mission: health and well-being"],
        "Mission: climate and nature",
    ],
    "southern-ireland": [
        *["Digitalisation and digital transformation", "Green transformation for enterprise"],
        *["Innovation diffusion", "International cooperation in research and innovation"],
        "A better national and regional research and innovation system",
        *["Smart specialisation", "Clustering", "Placemaking", "Knowledge diffusion", "Capacity building"],
    ],
    "stockholm": [
        *["Life science, care and health", "ICT, tech and digitalisation"],
        "Industrial transition through sustainable production",
        "Climate and environment for sustainable urban development",
    ],
    "calabria": [
        *["Agriculture 4.0 and agri-food", "Environment, circular economy and biodiversity"],
        *["Eco-building, energy and climate", "Tourism and culture"],
        *["ICT, digital technologies and innovative services", "Smart manufacturing", "Life sciences"],
        *["Sustainable mobility and logistics", "Blue economy"],
    ],
    "north-west-romania": ["Agri-food", "Cosmetics and food supplements"],
}

# The lists inside the cells: region, unit, names that must be among the sourced capabilities of the unit.
LISTS = [
    (
        "basque-country",
        "euskadi",
        [
            *["Advanced manufacturing", "Energy industry and technology", "Biosciences and health"],
            *["Agri-food", "Urban habitat and regeneration", "Leisure and culture", "Ecosystems"],
        ],
    ),
    (
        "basque-country",
        "bilbao",
        [
            *["Creative industries, art, technology and design", "Health and tourism"],
            *["Eco-technology and urban solutions", "Advanced business services"],
            "Zorrotzaurre innovation district",
        ],
    ),
    (
        "ruhr-metropolis",
        "nrw",
        [
            *["Innovative materials and intelligent production", "Connected mobility and logistics"],
            *["Environmental economy and circular economy", "Energy and innovative building"],
            "Innovative medicine, health and life science",
            "Culture, media, creative industries and innovative services",
            "Key technologies and ICT",
        ],
    ),
    ("ruhr-metropolis", "ruhr", PRIORITIES["ruhr-metropolis"]),
    (
        "mazovia",
        "mazovia",
        [
            *["Safe food", "Intelligent management systems", "Modern business services"],
            "High quality of life",
        ],
    ),
    ("mazovia", "warsaw-metropolis", ["Public e-services", "Low-emission transport", "Education"]),
    ("wales", "wales", PRIORITIES["wales"][:4]),
    (
        "wales",
        "cardiff-capital-region",
        [
            *["Compound semiconductors", "AI, data and cyber security", "Fintech", "Creative economy"],
            *["Medical devices and diagnostics", "Transport engineering"],
        ],
    ),
    ("southern-ireland", "ireland", ["ICT", "Pharmaceuticals", "Agri-food", "Renewables"]),
    ("southern-ireland", "southern", ["ICT", "Design", "Automotive"]),
    (
        "southern-ireland",
        "south-west",
        [
            *["Resilience of firms", "Enterprise hubs", "Clustering", "Tourism and landscape"],
            *["Marine and maritime", "Skills and talent"],
        ],
    ),
    (
        "southern-ireland",
        "mid-west",
        [
            *["Digital and smart city-region", "Low-carbon economy", "Skills"],
            *["Capacity of firms and bodies", "One message for the region"],
        ],
    ),
    (
        "southern-ireland",
        "south-east",
        [
            *["Environment for enterprise", "Talent and investment", "Regional engagement"],
            *["Learning region", "Visitor economy"],
        ],
    ),
    (
        "stockholm",
        "business-alliance",
        ["Promotion of investment", "International marketing", "Evaluation of support to firms"],
    ),
    ("stockholm", "hagastaden", ["Life science"]),
    ("stockholm", "flemingsberg", ["Life science"]),
    (
        "calabria",
        "calabria",
        [
            *["Agri-food", "Sustainable building", "Tourism and culture", "Logistics"],
            *["ICT and innovative services", "Smart manufacturing", "Environment and natural risks"],
            "Life sciences",
        ],
    ),
    (
        "calabria",
        "innovation-poles",
        [
            *["Transport and logistics pole", "Health technology pole", "Cultural heritage pole", "ICT pole"],
            *["Quality agri-food pole", "Renewables and environment pole"],
            *["Materials and production pole", "Aquatic and fisheries pole"],
        ],
    ),
    (
        "north-west-romania",
        "cluj-napoca",
        [
            *["People and community", "Innovative, creative and competitive city", "Urban development"],
            *["Green city", "Good governance", "Culture and identity", "Healthy city", "Safe city"],
        ],
    ),
    (
        "north-west-romania",
        "cluj-innovation-city",
        ["Healthcare", "Bioeconomy", "Energy efficiency and environment", "IT"],
    ),
]

# units, strategies, priorities, capabilities, actors, ties, spaces, opportunities
COUNTS = {
    "basque-country": (21, 9, 3, 48, 23, 19, 10, 2),
    "calabria": (7, 3, 9, 36, 14, 11, 5, 2),
    "mazovia": (11, 13, 4, 33, 18, 14, 8, 4),
    "north-west-romania": (9, 5, 2, 34, 9, 7, 5, 2),
    "ruhr-metropolis": (18, 4, 8, 52, 12, 7, 5, 2),
    "southern-ireland": (19, 9, 10, 48, 9, 6, 6, 2),
    "stockholm": (14, 3, 4, 32, 14, 12, 5, 2),
    "wales": (7, 9, 8, 32, 9, 7, 9, 2),
}
every_region = pytest.mark.parametrize("slug", UNITS)


@every_region
def test_every_unit_of_the_table_is_there(slug):
    found = {}
    for row in read(slug)["units"]:
        found.setdefault(row["kind"], []).append(row["name"])
    assert {kind: sorted(names) for kind, names in found.items()} == {
        kind: sorted(names) for kind, names in UNITS[slug].items()
    }


@every_region
def test_every_strategy_of_the_table_is_there(slug):
    expected = sorted((row, title) for row, titles in STRATEGIES[slug] for title in titles)
    assert sorted((row["facts"], row["title"]) for row in read(slug)["strategies"]) == expected


@every_region
def test_every_priority_is_there_in_its_order(slug):
    assert [row["name"] for row in read(slug)["priorities"]] == PRIORITIES[slug]


@pytest.mark.parametrize(("slug", "unit", "names"), LISTS)
def test_lists_inside_a_cell_are_complete(slug, unit, names):
    found = [
        row["name"]
        for row in read(slug)["capabilities"]
        if row["unit"] == unit and row["provenance"] == "sourced"
    ]
    assert [name for name in names if name not in found] == []


@every_region
def test_counts_are_as_agreed(slug):
    kinds = ["units", "strategies", "priorities", "capabilities", "actors", "ties", "spaces", "opportunities"]
    content = read(slug)
    assert tuple(len(content[kind]) for kind in kinds) == COUNTS[slug]
