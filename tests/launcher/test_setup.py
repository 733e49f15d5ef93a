"""Set-up tells what is missing and installs only what the lock files name."""

import subprocess
import sys

import pytest

from cohes3ion.launcher import setup


def need(package: str, *, present: bool, vital: bool = False) -> setup.Need:
    return setup.Need(package=package, present=lambda: present, without_it="no use", vital=vital)


def test_setup_says_what_to_install_and_goes_on_without_it(monkeypatch, capsys):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    setup.install_system([need("libthis", present=False), need("libthat", present=True)])
    assert capsys.readouterr().err == (
        "Missing: libthis (no use).\nInstall it with: sudo apt-get install -y libthis\n"
    )


def test_setup_ends_without_a_vital_part(monkeypatch, capsys):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="1"):
        setup.install_system([need("libthis", present=False, vital=True)])


def test_setup_is_silent_when_nothing_is_missing(capsys):
    setup.install_system([need("libthat", present=True)])
    assert capsys.readouterr() == ("", "")


def test_setup_runs_by_its_path_without_any_package():
    """`./run` starts it before anything is installed: -S leaves out every installed package."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({setup.__file__!r})"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_setup_takes_the_installer_from_the_lock_file():
    lines = setup._locked_lines("uv").splitlines()
    assert lines[0].startswith("uv==")
    assert {line.strip().partition(":")[0] for line in lines[1:]} == {"--hash=sha256"}


def test_setup_notices_a_changed_lock_file(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("one==1")
    first = setup._fingerprint(path)
    assert setup._fingerprint(path) == first
    path.write_text("one==2")
    assert setup._fingerprint(path) != first
