"""Small examples of the evidence from statistics."""

from django.utils.translation import gettext_lazy as _

from journeys.selectors.method_examples import Example

STATISTICS_EXAMPLES: dict[str, Example] = {
    "quotient": Example(
        method="location_quotient_significance",
        inputs={"x": [7, 30], "expected": [2.5, 18.4]},
        columns=(_("Field"), _("Jobs in the region"), _("Jobs at an equal share")),
        rows=(("1", 7, 2.5), ("2", 30, 18.4)),
        arithmetic=_(
            "7 / 2.5 = 2.8, but chance gives 7 or more in 1.4 of 100 cases: not confirmed. 30 / 18.4 = 1.63, "
            "and chance gives 30 or more in 0.8 of 100 cases: confirmed."
        ),
        picks=(
            (_("Quotient of field 1"), lambda result: result["lq"][0]),
            (_("Field 1 confirmed"), lambda result: result["confirmed"][0]),
            (_("Quotient of field 2"), lambda result: result["lq"][1]),
            (_("Field 2 confirmed"), lambda result: result["confirmed"][1]),
        ),
    ),
    "related-fields": Example(
        method="relatedness_density",
        inputs={"M": [[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1]]},
        columns=(_("Region"), "a", "b", "c", "d"),
        rows=(("A", 1, 1, 0, 0), ("B", 1, 1, 1, 0), ("C", 0, 0, 1, 1)),
        arithmetic=_(
            "Pairs: a and b twice, a and c, b and c, c and d once; sums 3, 3, 3, 1, in all 10. c and a: "
            "0.1 / (0.3 × 0.3) = 1.11, c and b the same, c and d: 0.1 / (0.3 × 0.1) = 3.33. Region A has "
            "a and b: 100 × 2.22 / 5.56 = 40."
        ),
        picks=((_("Density of c in region A"), lambda result: result["density_weighted"][0][2]),),
    ),
    "priority-evidence": Example(
        method="evidence",
        inputs={
            "M": [[1, 0, 1, 0]],
            "density": [[60, 50, 20, 10]],
            "priority": [[1, 1, 1, 1]],
        },
        columns=(_("Field"), _("Specialised"), _("Density")),
        rows=(("a", _("yes"), 60), ("b", _("no"), 50), ("c", _("yes"), 20), ("d", _("no"), 10)),
        arithmetic=_(
            "The line is the median of 10, 20, 50, 60: 35. a: specialised and above the line. b: only above. "
            "c: only specialised. d: neither."
        ),
        picks=(
            (_("Line"), lambda result: result["density_threshold"]),
            *(
                (name, lambda result, place=place: result["type"][0][place])
                for place, name in enumerate("abcd")
            ),
        ),
    ),
    "peers": Example(
        method="structural_distance",
        inputs={"X": [[0, 0], [10, 1], [5, 4]], "weights": [1, 1]},
        columns=(_("Region"), _("Field 1"), _("Field 2")),
        rows=(("A", 0, 0), ("B", 10, 1), ("C", 5, 4)),
        arithmetic=_(
            "From lowest to highest: A 0, 0; B 1, 0.25; C 0.5, 1. A and B: (1 + 0.0625) / 2 = 0.53. A and C: "
            "(0.25 + 1) / 2 = 0.625. B is nearer."
        ),
        picks=(
            (_("Distance of A and B"), lambda result: result["distance"][0][1]),
            (_("Distance of A and C"), lambda result: result["distance"][0][2]),
        ),
    ),
}
