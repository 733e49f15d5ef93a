"""Every measurement can be asked for; what it measures is no business of a test."""

import importlib
import pkgutil

import pytest

import bench
from bench.__main__ import SUPPORT, main
from bench.ratios import Ratio, median_ratio

MEASUREMENTS = sorted({module.name for module in pkgutil.iter_modules(bench.__path__)} - SUPPORT)


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_can_be_asked_for(name):
    assert callable(importlib.import_module(f"bench.{name}").measure)


def test_an_unknown_measurement_is_named(capsys):
    assert main(["speed"]) == 2
    assert capsys.readouterr().err == f"Unknown: speed. Known: {', '.join(MEASUREMENTS)}.\n"


def test_the_median_leaves_out_the_first_round():
    ours = iter([100.0, 1.0, 2.0, 9.0])
    assert median_ratio(lambda: next(ours), lambda: 1.0, rounds=3) == 2.0


@pytest.mark.parametrize("value, at_most, met", [
    (1.0, True, True), (1.1, True, False), (1.0, False, True), (0.9, False, False),
])  # fmt: skip
def test_a_target_is_a_ceiling_or_a_floor(value, at_most, met):
    assert Ratio(row=1, name="x", value=value, target=1.0, at_most=at_most).met is met
