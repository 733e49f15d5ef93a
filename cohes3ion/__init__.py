import gc

# Before anything large is imported, in every process: what is imported stays, and to look for garbage in it
# after each 700 new objects takes a fifth of every start.
gc.set_threshold(50_000, 20, 50)

from cohes3ion.celery import app as celery_app  # noqa: E402  after the threshold is set

__all__ = ["celery_app"]
