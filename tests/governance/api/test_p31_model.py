"""P31: whatever three people do in whatever order, the tables hold what a simple model holds."""

import random

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from cohes3ion.lib.versions import write_locked
from tests.governance.api.team import Ladder, Team

pytestmark = pytest.mark.django_db
SEED = 6  # in which every kind of step comes up
SHORT = {"max_examples": 8, "stateful_step_count": 30}
FAULTY = {"max_examples": 20, "stateful_step_count": 50}  # ends with the first fault
LONG = {"max_examples": 500, "stateful_step_count": 50}


@pytest.fixture(scope="module")
def ladder(django_db_setup, django_db_blocker) -> Ladder:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Ladder.build()
        transaction.set_rollback(True)


@pytest.fixture
def run(ladder, settings):
    settings.API_PER_MINUTE = 10**9

    def start(seed: int, **amount: int) -> None:
        ladder.steps.clear()
        print(f"P31 seed {seed}, {amount}", flush=True)
        machine = hypothesis.seed(seed)(type("TeamOfOneRun", (Team,), {"ladder": ladder}))
        chosen = hypothesis.settings(
            **amount,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(machine, settings=chosen)
        print(f"P31 {dict(sorted(ladder.steps.items()))}", flush=True)

    return start


def test_p31_short_runs_agree_with_the_model(run):
    run(SEED, **SHORT)


def test_p31_negative_control_late_texts_are_thrown_away(run, monkeypatch):
    monkeypatch.setattr("governance.services.responses.keep_refused", lambda answer, **values: None)
    with pytest.raises(AssertionError):
        run(SEED, **FAULTY)


def test_p31_negative_control_the_last_write_wins(run, monkeypatch):
    def write_anyway(row, *, field, expected, **more):
        return write_locked(row, field=field, expected=row.version_of(field), **more)

    monkeypatch.setattr("governance.services.responses.write_locked", write_anyway)
    with pytest.raises(AssertionError):
        run(SEED, **FAULTY)


@pytest.mark.long
def test_p31_long_runs_agree_with_the_model(run):
    run(random.SystemRandom().randrange(2**32), **LONG)
