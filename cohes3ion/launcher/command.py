"""`./run manage ...`: Django's commands, with the database and, where work is waited for, a worker."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from cohes3ion.launcher.embedded import DATABASE, LOGS, VAR, environment, only_instance, running_instance
from cohes3ion.launcher.processes import Processes, StartError
from cohes3ion.launcher.serve import finish, resume, start_job
from cohes3ion.launcher.services import ROOT, start_redis, start_worker

WAIT_FOR_A_WORKER = {"analyse", "render_document"}
NEED_NO_DATA = {
    "help",
    "check",
    "migrate",
    "makemigrations",
    "makemessages",
    "compilemessages",
    "method",
    "spectacular",
}


def main(words: Sequence[str]) -> int:
    command = words[0] if words else "help"
    try:
        instance = running_instance()
        env = environment(**{key: value for key, value in instance.items() if key == "REDIS_URL"})
        if command not in NEED_NO_DATA and "DATABASE_URL" not in env and not DATABASE.exists():
            with Processes() as processes:
                job = start_job(processes, env=env, parts=["prepare"], wait_for_tables=True)
                finish(processes, job)
        if command in WAIT_FOR_A_WORKER and not instance and "REDIS_URL" not in os.environ:
            with only_instance(), Processes() as processes:
                env["REDIS_URL"] = start_redis(processes, folder=VAR, log=LOGS / "redis.log")
                job = start_job(processes, env=env, parts=resume(env), wait_for_tables=False)
                start_worker(processes, env=env, log=LOGS / "worker.log")
                finish(processes, job)
                return django(words, env=env)
        return django(words, env=env)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def django(words: Sequence[str], *, env: Mapping[str, str]) -> int:
    return subprocess.run(
        [sys.executable, "manage.py", *words], env=dict(env), cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
