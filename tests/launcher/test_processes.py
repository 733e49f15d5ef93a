"""Nothing is left behind: not after a stop, not after a failing start, not after kill -9 of the launcher."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cohes3ion.launcher.figures import peak_mebibytes, processor_seconds
from cohes3ion.launcher.processes import MEMORY, Processes, StartError, listen, memory_is_plenty
from tests.ports import ReservedPort

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)"
PARENT = "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def alive(pid: int) -> bool:
    """A zombie has ended: only its parent has not looked yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stop_all_ends_children_of_children(tmp_path, wait_until):
    log = tmp_path / "parent.log"
    with Processes() as processes:
        processes.start("parent", python(PARENT), log=log)
        wait_until(lambda: log.read_text().strip() != "")
        child = int(log.read_text())
        assert alive(child)
    wait_until(lambda: not alive(child))


def test_stop_kills_what_does_not_listen(tmp_path, wait_until):
    log = tmp_path / "stubborn.log"
    with Processes() as processes:
        stubborn = processes.start("stubborn", python(f"{STUBBORN}; time.sleep(600)"), log=log)
        wait_until(lambda: log.read_text() == "up\n")
        processes.stop(stubborn, grace=0.2)
        assert stubborn.popen.returncode == -signal.SIGKILL
        assert processes.running == []


def test_database_and_broker_stop_after_those_who_use_them(tmp_path):
    order = tmp_path / "order"
    tell = (
        "import signal, sys, time;"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(open({!r}, 'a').write({!r}) * 0));"
        "print(1, flush=True); time.sleep(600)"
    )
    with Processes() as processes:
        for name, serves in (("database", True), ("worker", False)):
            log = tmp_path / name
            started = processes.start(name, python(tell.format(str(order), f"{name} ")), log=log)
            started.serves_others = serves
            processes.wait_until(lambda log=log: log.read_text() == "1\n", process=started)
    assert order.read_text() == "worker database "


def test_start_that_fails_says_why(tmp_path):
    with Processes() as processes:
        failing = processes.start("failing", python("raise SystemExit('no luck')"), log=tmp_path / "log")
        with pytest.raises(StartError, match=r"failing stopped while starting\.\nno luck"):
            processes.wait_until(lambda: False, process=failing)


def test_start_that_takes_too_long_is_named(tmp_path):
    with Processes() as processes:
        slow = processes.start("slow", ["sleep", "600"], log=tmp_path / "log")
        with pytest.raises(StartError, match="slow is not ready after 0 s"):
            processes.wait_until(lambda: False, process=slow, seconds=0.1)


def test_fallen_names_the_process_that_ended_by_itself(tmp_path, wait_until):
    with Processes() as processes:
        processes.start("steady", ["sleep", "600"])
        processes.start("short", ["true"])
        wait_until(lambda: processes.fallen() is not None)
        assert processes.fallen().name == "short"


def test_children_end_when_the_launcher_is_killed(tmp_path, wait_until):
    code = (
        "import time; from cohes3ion.launcher.processes import Processes; processes = Processes();"
        "print(processes.start('child', ['sleep', '600']).popen.pid, flush=True); time.sleep(600)"
    )
    launcher = subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True)
    child = int(launcher.stdout.readline())
    assert alive(child)
    os.kill(launcher.pid, signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    wait_until(lambda: not alive(child))


@pytest.mark.parametrize("in_memory", [False, True])
def test_temporary_folders_go_with_the_processes(in_memory):
    with Processes() as processes:
        folder = processes.folder(in_memory=in_memory)
        assert folder.is_dir()
        assert folder.is_relative_to(MEMORY) is (in_memory and memory_is_plenty())
    assert not folder.exists()


def test_a_port_is_held_from_the_moment_it_is_chosen():
    """Another copy gets another one, although no server is there yet; so does what comes after it."""
    reserved = ReservedPort()  # so that nobody else takes it between the two questions
    with listen(reserved.number) as first, listen(reserved.number) as second:
        assert first.getsockname() == ("127.0.0.1", reserved.number)
        assert second.getsockname()[1] not in (0, reserved.number)
        with pytest.raises(OSError, match="in use"):
            socket.create_server(("127.0.0.1", reserved.number))
    reserved.close()


def test_figures_of_a_process_count_its_children(tmp_path, wait_until):
    work = (
        "import subprocess, sys, time; subprocess.run([sys.executable, '-c', 'sum(range(10**7))']);"
        "print(1, flush=True); time.sleep(600)"
    )
    log = tmp_path / "log"
    with Processes() as processes:
        busy = processes.start("busy", python(work), log=log)
        wait_until(lambda: log.read_text() == "1\n")
        assert processor_seconds(busy.popen.pid) > 0
        assert peak_mebibytes(busy.popen.pid) > 1
