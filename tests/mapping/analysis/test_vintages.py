"""Codes of one version of NUTS said in another."""

from mapping.analysis.vintages import Change, likely_vintage, territories

CHANGES = (
    Change(since="2016", old="FR24", new=("FRB0",)),
    Change(since="2016", old="PL12", new=("PL91", "PL92")),
    Change(since="2024", old="PT17", new=("PT1A", "PT1B")),
    Change(since="2024", old="NL31", new=("NL35",)),
)
KNOWN = {"FRB0", "PL91", "PL92", "PT17", "NL31", "ES21"}


def ways(codes, vintage):
    found, unmatched = territories(codes, vintage=vintage, changes=CHANGES, known=KNOWN)
    return {one.code: (one.covers, one.how) for one in found}, unmatched


def test_territories_of_2013_are_recoded_or_kept_whole():
    assert ways(["ES21", "FR24", "PL12", "XX99"], "2013") == (
        {
            "ES21": (("ES21",), "same"),
            "FR24": (("FRB0",), "recoded"),
            "PL12": (("PL91", "PL92"), "split"),
        },
        ["XX99"],
    )


def test_territories_of_2024_go_back_to_2021():
    assert ways(["NL35", "PT1A", "PT1B"], "2024") == (
        {"NL35": (("NL31",), "recoded"), "PT1A": (("PT17",), "merged"), "PT1B": (("PT17",), "merged")},
        [],
    )


def test_a_code_of_another_vintage_is_not_guessed():
    assert ways(["FR24"], "2021") == ({}, ["FR24"])


def test_likely_vintage_is_the_one_that_fits_most_codes():
    for codes, vintage in ((["ES21", "FR24"], "2016"), (["NL35"], "2024"), (["ES21"], "2021")):
        found = likely_vintage(codes, changes=CHANGES, known=KNOWN)
        assert found == ("2013" if codes[-1] == "FR24" else vintage)
