"""P39, P44: a document that never ends, and one that is made while people go on editing."""

import hashlib
import re
import time

import pypdf
import pytest


@pytest.fixture(scope="module")
def working(site, tmp_path_factory):
    site.temporary = tmp_path_factory.mktemp("temporary")
    site.start_worker("one", concurrency=1, TMPDIR=str(site.temporary))
    site.start_beat()
    return site


def read(site, job: dict) -> tuple[str, str]:
    """The data version on the first page, and a fingerprint of all text."""
    pages = [page.extract_text() for page in pypdf.PdfReader(site.media / job["file"]).pages]
    version = re.search(r"Data version ([0-9a-f]{12})", pages[0])
    assert version is not None, pages[0]
    return version.group(1), hashlib.sha256("\n".join(pages).encode()).hexdigest()


def test_p44_document_is_one_snapshot(working, wait_for, wait_until):
    """The same content twice, once while people edit: the same text. Afterwards another version."""
    ends = {"kind": "document", "seconds": 240}  # a busy machine renders slowly
    quiet = wait_for(working.clerk("new_jobs", kind="document", fault="sleep 2"), **ends)[0]
    busy = working.clerk("new_jobs", kind="document", fault="sleep 2")
    wait_until(lambda: working.clerk("jobs", pks=busy, kind="document")[0]["progress"] == 50, what="half")
    working.clerk("write_chapter", text="Written while the document was made")
    during = wait_for(busy, **ends)[0]
    after = wait_for(working.clerk("new_jobs", kind="document", fault="sleep 2"), **ends)[0]
    versions = [read(working, job) for job in (quiet, during, after)]
    print(f"P44 data versions {[version for version, _text in versions]}")
    assert versions[0] == versions[1]
    assert versions[2][0] != versions[0][0]
    assert versions[2][1] != versions[0][1]


@pytest.mark.long
def test_p44_negative_control_texts_looked_up_while_it_is_made(working, wait_for, wait_until):
    ends = {"kind": "document", "seconds": 240}
    working.processes.stop(working.named("one"))
    working.start_worker("today", concurrency=1, LEFT_OUT="frozen", TMPDIR=str(working.temporary))
    quiet = wait_for(working.clerk("new_jobs", kind="document", fault="sleep 2"), **ends)[0]
    busy = working.clerk("new_jobs", kind="document", fault="sleep 2")
    wait_until(lambda: working.clerk("jobs", pks=busy, kind="document")[0]["progress"] == 50, what="half")
    working.clerk("write_chapter", text="Written while another was made")
    during = wait_for(busy, **ends)[0]
    versions = [read(working, job) for job in (quiet, during)]
    working.processes.stop(working.named("today"))
    working.start_worker("one", concurrency=1, TMPDIR=str(working.temporary))
    assert versions[0] != versions[1]


def test_p39_document_without_end_is_stopped(working, wait_for):
    """Its own worker with a limit of five seconds in place of some minutes."""
    working.processes.stop(working.named("one"))
    working.set(JOB_TIME_LIMIT_SECONDS="5")
    working.start_worker("short", concurrency=1, TMPDIR=str(working.temporary))
    files = working.results()
    started = time.monotonic()
    endless = working.clerk("new_jobs", kind="document", paragraphs=50_000)
    failed = wait_for(endless, "failed", kind="document", seconds=120)[0]
    print(f"P39 stopped after {time.monotonic() - started:.0f} s: {failed['error_code']}")
    assert failed["error_code"] == "TIME"
    assert (failed["file"], working.results()) == ("", files)
    wait_for(working.clerk("new_jobs"), seconds=60)
    # A process unpacks its fonts once, if it comes so far; of the document that was stopped nothing is left.
    kept = {path.name.partition("-")[0] for path in working.temporary.iterdir()} - {"pymp"}
    assert kept == {"weasyprint"}
    assert len(list(working.temporary.glob("weasyprint-*"))) <= 2
