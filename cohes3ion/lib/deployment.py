"""What `manage.py check --deploy` asks beyond Django's own questions. Each answer says what to change."""

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from kombu.exceptions import OperationalError

CLOCK_SECONDS = 5  # leases and sign-in codes depend on the clocks of all machines
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
KEPT = {"appendonly": "yes", "maxmemory-policy": "noeviction"}


@register(Tags.security, deploy=True)
def browser_is_told_what_to_trust(app_configs: Any, **kwargs: Any) -> list[Error]:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = {
        name: value
        for name in ("default-src", "script-src", "style-src")
        for value in directives.get(name, ["nothing at all"])
        if value != "'self'"
    }
    return [
        Error(f"The content security policy allows {value} in {name}. Allow only 'self'.", id="stm.E001")
        for name, value in loose.items()
    ]


@register(Tags.security, deploy=True)
def cookies_belong_to_this_host(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(f"{setting} must start with __Host-, so that no other host can set it.", id="stm.E002")
        for setting in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
        if not getattr(settings, setting).startswith("__Host-")
    ]


@register(Tags.urls, deploy=True)
def site_address_is_answered(app_configs: Any, **kwargs: Any) -> list[Error]:
    address = urlsplit(settings.SITE_URL)
    if address.scheme == "https" and address.hostname in settings.ALLOWED_HOSTS:
        return []
    return [
        Error("SITE_URL must be https:// and one of ALLOWED_HOSTS: links in mails use it.", id="stm.E003")
    ]


@register(Tags.security, deploy=True)
def uploads_are_checked(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """A choice of the operator, so no error; pages say it beside each upload."""
    if settings.CLAMD_ADDRESS:
        return []
    sentence = "Uploaded files are kept without a check for viruses."
    return [Warning(sentence, hint="Run a clamd and set CLAMD_ADDRESS to host:port.", id="stm.W001")]


@register(Tags.database, deploy=True)
def database_keeps_what_it_confirmed(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    faults = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            faults.append(Error("DATABASE_URL must name a PostgreSQL database.", id="stm.E004"))
            continue
        with connection.cursor() as cursor:
            for name, wanted in DURABLE.items():
                cursor.execute("SELECT current_setting(%s)", [name])
                if cursor.fetchone() != (wanted,):
                    faults.append(
                        Error(f"PostgreSQL has {name} off: saved answers can be lost.", id="stm.E004")
                    )
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            apart = abs(float(cursor.fetchone()[0]) - time.time())
        if apart > CLOCK_SECONDS:
            faults.append(Error(f"The clock of the database is {apart:.0f} s away from ours.", id="stm.E005"))
    return faults


@register(Tags.caches, deploy=True)
def broker_keeps_its_queue(app_configs: Any, **kwargs: Any) -> list[Error]:
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            client = broker.default_channel.client
            found = {name: client.config_get(name).get(name) for name in KEPT}
    except OperationalError:
        return [Error("Redis does not answer at REDIS_URL.", id="stm.E006")]
    return [
        Error(f"Redis has {name} {found[name]}, set it to {wanted}.", id="stm.E006")
        for name, wanted in KEPT.items()
        if found[name] != wanted
    ]
