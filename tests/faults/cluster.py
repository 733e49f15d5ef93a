"""A PostgreSQL cluster that may be killed, crashed, filled up and started again on the same files."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from cohes3ion.launcher.processes import Processes, Running, StartError
from cohes3ion.launcher.services import make_cluster, postgres_folder, unprivileged_user


class Cluster:
    def __init__(self, processes: Processes, *, folder: Path | None = None, in_memory: bool = False) -> None:
        binaries = postgres_folder()
        if binaries is None:
            raise StartError("No PostgreSQL found. Install it: apt-get install postgresql")
        self.binaries = binaries
        self.processes = processes
        self.user = unprivileged_user()
        self.folder = folder or processes.folder(user=self.user, in_memory=in_memory)
        self.server: Running | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> str:
        return f"postgresql://stm@{str(self.folder).replace('/', '%2F')}/stm"

    def make(self) -> None:
        make_cluster(self.binaries, self.folder, user=self.user, password="")

    def copy_from(self, data: Path) -> None:
        subprocess.run(["cp", "-a", str(data), str(self.data)], check=True)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def keep_as(self, data: Path) -> None:
        subprocess.run(["cp", "-a", str(self.data), str(data)], check=True)

    def start(self, **options: str) -> None:
        command = [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.folder)]
        command += ["-c", "listen_addresses=", "-c", "max_connections=80"]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        log = self.folder / "postgres.log"
        stop = signal.SIGINT  # the fast shutdown
        self.server = self.processes.start("PostgreSQL", command, log=log, user=self.user, stop_signal=stop)
        self.server.serves_others = True
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.folder), "-U", "stm"]
        self.processes.wait_until(
            lambda: subprocess.run(ready, check=False).returncode == 0, process=self.server, seconds=180
        )

    def create_database(self) -> None:
        command = [str(self.binaries / "createdb"), "-h", str(self.folder), "-U", "stm", "stm"]
        subprocess.run(command, check=True, env=os.environ)

    def take_over(self, address: str) -> None:
        """The tables of another database, in a tenth of the time that all migrations take."""
        command = [str(self.binaries / "psql"), "--quiet", "--set=ON_ERROR_STOP=1", self.address]
        with subprocess.Popen([str(self.binaries / "pg_dump"), address], stdout=subprocess.PIPE) as dump:
            subprocess.run(command, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dump.returncode == 0

    def stop(self, *, crash: bool = False) -> None:
        """The fast shutdown, or what `pg_ctl stop -m immediate` does: no checkpoint, as after a power cut."""
        assert self.server is not None
        self.server.popen.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
        self.server.popen.wait(120)
        self.processes.stop(self.server)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
