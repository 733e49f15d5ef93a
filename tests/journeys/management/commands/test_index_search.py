"""The index made anew by a command, and brought up to date by the scheduler."""

import pytest
from django.core.management import call_command

from cohes3ion.lib.models import SearchChange, SearchEntry
from journeys.tasks import catch_up_search
from tests.factories.exchange import PracticeFactory

pytestmark = pytest.mark.django_db


def test_the_command_makes_everything_anew_and_says_how_much(capsys):
    PracticeFactory(title="Robots")
    SearchEntry.objects.all().delete()
    SearchChange.objects.all().delete()
    call_command("index_search")
    n = SearchEntry.objects.count()
    assert capsys.readouterr().out == f"The index of the search has {n} entries.\n"
    assert SearchEntry.objects.filter(title="Robots").count() == 1


def test_the_scheduler_leaves_no_note_behind():
    PracticeFactory(title="Robots")
    assert SearchChange.objects.exists()
    catch_up_search()
    assert not SearchChange.objects.exists()
    assert SearchEntry.objects.filter(title="Robots").count() == 1
