"""P38, P39, P41, P43, P44: work that kills, eats or never ends harms nobody else, and ends; a document is one
snapshot, also while people go on editing. Two beats run.
"""

import hashlib
import re
from multiprocessing.pool import ThreadPool

import pypdf
import pytest

from tests.faults.site import Clerk

# Seconds until the soft and the hard limit of one job, in place of some minutes for all. Who hears the soft
# one has time to take its row before and to say so afterwards, also on a busy machine: stopped earlier, or
# killed by the hard one, it would begin again without these limits.
LIMITS, HEARD = [3, 5], [8, 120]


@pytest.fixture(scope="module")
def working(site, tmp_path_factory):
    site.set(JOB_MEMORY_MIB="1500")
    site.temporary = tmp_path_factory.mktemp("temporary")
    site.start_worker("one", concurrency=3, TMPDIR=str(site.temporary))
    return site


@pytest.fixture(scope="module")
def sweepers(working):
    """Two processes that may sweep in the same instant."""
    other = Clerk(working.environment())
    other("queue_length")  # awake
    yield [working.clerk, other]
    other.close()


@pytest.fixture(scope="module")
def swept(working):
    working.start_beat()
    working.start_beat("beat-two")  # two by accident: each effect once all the same (P43)
    return working


def swept_twice_at_once(site, sweepers, deed: str) -> list[list[int]]:
    """Jobs of a dead worker, and two sweepers in the same instant. Returns what each of them sends again."""
    pks = site.clerk("new_jobs", count=40, ring=False)
    site.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    with ThreadPool(2) as pool:
        sent = pool.map(lambda clerk: clerk(deed), sweepers)
    site.clerk("change", pks=pks, state="cancelled")
    return [pks, *sent]


def test_p41_two_sweepers_send_a_dead_worker_s_job_once(working, sweepers):
    """Nothing about the worker is asked: a row with an old lease is enough. No beat runs yet."""
    pks, first, second = swept_twice_at_once(working, sweepers, "sweep")
    print(f"P41 two sweepers: {len(first)} and {len(second)} of {len(pks)} jobs")
    assert sorted(first + second) == pks


def test_p41_negative_control_without_a_condition(working, sweepers):
    pks, first, second = swept_twice_at_once(working, sweepers, "sweep_without_a_condition")
    print(f"P41 without a condition: {len(first)} and {len(second)} of {len(pks)} jobs")
    assert len(first + second) > len(pks)


@pytest.mark.parametrize(
    "fault, code, attempts, limits",
    [
        ("kill", "ATTEMPTS", 3, None),
        ("exit", "ATTEMPTS", 3, None),
        ("loop", "TIME", 1, HEARD),
        ("memory", "MEMORY", 1, None),
    ],
)
def test_p38_poison_job_fails_and_others_go_on(swept, wait_for, fault, code, attempts, limits):
    poison = swept.clerk("new_jobs", fault=fault, limits=limits)
    other = wait_for(swept.clerk("new_jobs"), seconds=60)[0]
    failed = wait_for(poison, "failed", seconds=180)[0]
    print(f"P38 {fault}: {failed['error_code']} after {failed['attempts']} attempts, ", end="")
    print(f"another job started after {other['waited']:.1f} s")
    assert (failed["error_code"], failed["attempts"]) == (code, attempts)
    assert len(failed["support_id"]) == 8
    assert other["attempts"] == 1


def test_p39_work_that_hears_no_limit_is_killed(swept, wait_for, wait_until, tmp_path):
    """The hard limit: its process is killed, and the lease runs out.

    Negative control: the same work without a limit was begun before, and is still at it. A lease alone stops
    nobody who lives.
    """
    mark = tmp_path / "go-on"
    unlimited = swept.clerk("new_jobs", fault=f"deaf-once {mark}")
    wait_until(lambda: swept.clerk("jobs", pks=unlimited)[0]["progress"] == 50, what="half of the job")
    done = wait_for(swept.clerk("new_jobs", fault=f"deaf-once {mark}", limits=LIMITS))[0]
    print(f"P39 deaf work: second attempt after {done['waited']:.1f} s")
    assert done["attempts"] == 2
    assert f"Hard time limit ({LIMITS[1]}s) exceeded" in swept.log("one")
    job = swept.clerk("jobs", pks=unlimited)[0]
    assert (job["state"], job["attempts"], job["progress"]) == ("running", 1, 50)
    mark.touch()
    assert wait_for(unlimited)[0]["attempts"] == 1


def test_p43_two_beats_have_each_effect_once(swept, wait_for):
    files = len(swept.results())
    pks = swept.clerk("new_jobs", count=10, ring=False)
    swept.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    done = wait_for(pks)
    assert [job["attempts"] for job in done] == [2] * 10
    assert len(swept.results()) == files + 10


def copies(site, wait_until) -> list[int]:
    """How often each of twelve mails left, swept by two beats and four more bells in the same instant."""
    sent = site.clerk("new_mails", count=12)
    site.clerk("ring_for_mails", times=4)
    wait_until(
        lambda: {state for state, _attempts in site.clerk("mails", message_ids=sent)} == {"sent"},
        what="the mails to be sent",
    )
    with site.held("beat", "beat-two"):
        wait_until(lambda: site.clerk("is_quiet"), what="the end of all sweeps")
    return [site.log("one").count(message_id) for message_id in sent]


def test_p43_two_beats_send_each_mail_once(swept, wait_until):
    counts = copies(swept, wait_until)
    print(f"P43 copies of each mail: {counts}")
    assert counts == [1] * 12


def test_p43_negative_control_without_a_condition(swept, wait_until):
    with swept.without("mail"):
        counts = copies(swept, wait_until)
    print(f"P43 without a condition, copies of each mail: {counts}")
    assert max(counts) > 1


def test_p38_negative_control_without_a_limit_of_attempts(swept, wait_until):
    with swept.without("attempts"):
        poison = swept.clerk("new_jobs", fault="exit")
        wait_until(lambda: swept.clerk("jobs", pks=poison)[0]["attempts"] > 3, what="a fourth attempt")
        swept.clerk("change", pks=poison, state="cancelled")


@pytest.fixture(scope="module")
def one_beat(swept):
    swept.processes.stop(swept.named("beat-two"))
    return swept


@pytest.fixture
def made(one_beat, wait_for, wait_until, tmp_path):
    """A document, made at once, or held at half of its work until people have written something else."""
    mark = tmp_path / "go-on"

    def progress(jobs: list[int]) -> int:
        return one_beat.clerk("jobs", pks=jobs, kind="document")[0]["progress"]

    def make(*, meanwhile: str = "") -> dict:
        if not meanwhile:
            mark.touch()
        jobs = one_beat.clerk("new_jobs", kind="document", fault=f"hold {mark}")
        if meanwhile:
            wait_until(lambda: progress(jobs) == 50, what="half of the document")
            one_beat.clerk("write_chapter", text=meanwhile)
            mark.touch()
        done = wait_for(jobs, kind="document", seconds=240)[0]  # a busy machine renders slowly
        mark.unlink()
        return done

    return make


def read(site, job: dict) -> tuple[str, str]:
    """The data version on the first page, and a fingerprint of all text."""
    pages = [page.extract_text() for page in pypdf.PdfReader(site.media / job["file"]).pages]
    version = re.search(r"Data version ([0-9a-f]{12})", pages[0])
    assert version is not None, pages[0]
    return version.group(1), hashlib.sha256("\n".join(pages).encode()).hexdigest()


def test_p44_document_is_one_snapshot(one_beat, made):
    """The same content twice, once while people edit: the same text. Afterwards another version."""
    jobs = [made(), made(meanwhile="Written while the document was made"), made()]
    versions = [read(one_beat, job) for job in jobs]
    print(f"P44 data versions {[version for version, _text in versions]}")
    assert versions[0] == versions[1]
    assert versions[2][0] != versions[0][0]
    assert versions[2][1] != versions[0][1]


@pytest.mark.long
def test_p44_negative_control_texts_looked_up_while_it_is_made(one_beat, made):
    with one_beat.without("frozen"):
        versions = [read(one_beat, job) for job in (made(), made(meanwhile="Written while it was made"))]
    assert versions[0] != versions[1]


def test_p39_document_without_end_is_stopped(one_beat, wait_for):
    """With a limit of some seconds of its own, in place of some minutes."""
    files = one_beat.results()
    endless = one_beat.clerk("new_jobs", kind="document", paragraphs=50_000, limits=HEARD)
    failed = wait_for(endless, "failed", kind="document")[0]
    print(f"P39 stopped: {failed['error_code']}")
    assert failed["error_code"] == "TIME"
    assert (failed["file"], one_beat.results()) == ("", files)
    wait_for(one_beat.clerk("new_jobs"))
    # Each of the three processes unpacks its fonts once; of the document that was stopped nothing is left.
    kept = {path.name.partition("-")[0] for path in one_beat.temporary.iterdir()} - {"pymp"}
    assert kept == {"weasyprint"}
    assert len(list(one_beat.temporary.glob("weasyprint-*"))) <= 3
