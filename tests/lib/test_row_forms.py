import pytest
from django.http import QueryDict

from governance.forms.synthesis import AreaForm
from governance.models import AreaOfImprovement

STORED = "We meet"


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("choice=both&field=text&text=We+talk", "We meet\n\nWe talk"),
        ("choice=both&field=text&text=We+meet+often", "We meet often"),
        ("choice=both&field=text&text=We", "We meet"),
        ("choice=mine&field=text&text=We+talk", "We talk"),
        ("choice=both&field=horizon&horizon=2031&text=We+talk", "We talk"),
    ],
)
def test_both_texts_stand_one_below_the_other_where_a_field_may_hold_both(sent, text):
    row = AreaOfImprovement(text=STORED)
    assert AreaForm.both_kept(QueryDict(sent), row=row)["text"] == text
