"""What each method of the evidence from statistics answers, in plain words."""

from django.utils.translation import gettext_lazy as _

from journeys.selectors.method_texts import MethodText

ZERO = ("ZERO_TOTAL", _("the table has nothing for the whole row or column"))

STATISTICS_TEXTS: dict[str, MethodText] = {
    "quotient": MethodText(
        question=_("In which fields is the region specialised, and is it more than noise?"),
        title=_("Location quotient with a noise guard"),
        answer=_(
            "The share of a field in the region, divided by its share in all regions of the table: 2 means "
            "twice as much as elsewhere. Small counts exceed 1 by chance all the time. So a field counts as "
            "specialised only from five up, and where chance alone would give so many in fewer than one of "
            "a hundred cases. A blank is never 0: a region with blanks is compared over the fields it has "
            "figures for, with the regions that have them too."
        ),
        symbols=(
            ("x", _("what is counted: in field d of region r, in all of a region, of a field, of the table")),
            ("LQ", _("location quotient; 1 is the same share as in the whole table")),
            ("P", _("chance of at least so many where the share were the same everywhere (Poisson)")),
        ),
        undefined=(
            ZERO,
            ("NO_DATA", _("the cell is not available")),
            ("COVERAGE_TOO_LOW", _("fewer than two thirds of the region's fields have a figure")),
            (
                "UNIT_NOT_COUNTED",
                _(
                    "the table counts nothing one by one (money, shares, an unknown unit): the quotient "
                    "stands, and P is not computed. Thousands are taken times 1,000 for P."
                ),
            ),
        ),
        limits=_(
            "Compared with the regions of this table, not with Europe. Jobs say how much is done, not "
            "how well."
        ),
        source="Hoover (1936); Balassa (1965), The Manchester School 33",
    ),
    "related-fields": MethodText(
        question=_("Which fields are close to what the region does well?"),
        title=_("Relatedness of fields"),
        answer=_(
            "Two fields are related when regions are specialised in both more often than chance would have "
            "it. The density of a field is the part of its related fields in which the region is "
            "specialised, 0 to 100."
        ),
        symbols=(
            ("φ", _("relatedness of two fields: 1 is chance")),
            ("C", _("regions that are specialised in both")),
            ("S, T", _("sum of C over one field, over all fields")),
            ("ω", _("density of a field in a region, 0 to 100")),
            ("M", _("1 where the region is specialised, else 0")),
        ),
        undefined=(
            ("ZERO_TOTAL", _("the field is related to no other")),
            ("COVERAGE_TOO_LOW", _("too little is known of the fields it is related to")),
            ("NO_DATA", _("nothing is known of the region")),
        ),
        limits=_("Few regions make a coarse picture of what goes together."),
        source="Hidalgo et al. (2007), Science 317; van Eck & Waltman (2009)",
    ),
    "priority-evidence": MethodText(
        question=_("Do the statistics support the priorities?"),
        title=_("Priorities against evidence"),
        answer=_(
            "A field of a priority is supported where the region is specialised; it is near where only its "
            "related fields are strong; else it is not visible in this table. That is a question to the "
            "region, not a verdict."
        ),
        symbols=(
            ("LQ", _("location quotient of the field")),
            ("ω", _("density of the field; the line is the median over all regions and fields of the table")),
        ),
        undefined=(
            ("NO_DATA", _("the cell is not available, or the field is related to no other")),
            ("NOT_APPLICABLE", _("a field that is no priority, and no strength with strong neighbours")),
        ),
        limits=_(
            "Evidence is never a veto: a table may not see a field at all, such as public research, and new "
            "fields begin small."
        ),
        source="Marrocu, Paci, Rigby & Usai (2022), Regional Studies",
    ),
    "peers": MethodText(
        question=_("Which regions have a similar structure?"),
        title=_("Structural distance"),
        answer=_(
            "Each field's share of a region is put on a scale from the lowest to the highest of all regions; "
            "single extreme values are pulled in first. The distance is the mean of the squared differences: "
            "0 is the same structure."
        ),
        symbols=(
            ("d", _("distance of two regions, 0 to 1")),
            ("z", _("share of a field, from 0 (lowest) to 1 (highest of all regions)")),
            ("w", _("weight of a field; here all weigh the same")),
        ),
        undefined=(
            ("COVERAGE_TOO_LOW", _("fewer than three quarters of the fields are known of both")),
            ("NO_DATA", _("a share that is not available")),
            ("NO_VARIANCE", _("a field whose share is the same everywhere: it tells no regions apart")),
        ),
        limits=_(
            "Only activity is compared. The working paper also takes size, age, education, firms and place; "
            "a table of those is not read here. Similar is not complementary. A peer is somebody to learn "
            "from, not a partner by itself."
        ),
        source="Navarro et al. (2014), S3 Working Paper 3/2014, JRC89819",
    ),
}
