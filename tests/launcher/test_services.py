"""The services are real ones, of our own, and reachable by nobody else."""

import stat
from urllib.parse import urlsplit

import dj_database_url
import psycopg2
import pytest
import redis

from cohes3ion.launcher.processes import Processes
from cohes3ion.launcher.services import start_postgres, start_redis


def test_redis_keeps_its_queue_and_listens_to_its_owner_alone(tmp_path):
    with Processes() as processes:
        address = start_redis(processes, folder=tmp_path)
        path = urlsplit(address).path
        client = redis.Redis(unix_socket_path=path)
        assert client.config_get("port")["port"] == "0"
        assert client.config_get("appendonly")["appendonly"] == "yes"
        assert stat.S_IMODE((tmp_path / "redis.sock").stat().st_mode) == 0o700


def test_redis_finds_a_shorter_path_for_its_socket(tmp_path):
    """The kernel takes 107 bytes; a clone deep in a home folder has more."""
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    with Processes() as processes:
        path = urlsplit(start_redis(processes, folder=deep)).path
        assert len(path) <= 107
        assert redis.Redis(unix_socket_path=path).ping()


@pytest.mark.parametrize("durable, fsync", [(True, "on"), (False, "off")])
def test_postgres_listens_on_a_socket_only(durable, fsync):
    with Processes() as processes:
        given = dj_database_url.parse(start_postgres(processes, durable=durable))
        with psycopg2.connect(host=given["HOST"], user=given["USER"], dbname=given["NAME"]) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT current_setting('listen_addresses'), current_setting('fsync')")
            assert cursor.fetchone() == ("", fsync)
        connection.close()


def test_postgres_of_a_deployment_asks_for_its_password():
    with Processes() as processes:
        given = dj_database_url.parse(start_postgres(processes, password="secret"))
        connection = psycopg2.connect(
            host="127.0.0.1", port=given["PORT"], user="stm", password="secret", dbname="stm"
        )
        connection.close()
        try:
            psycopg2.connect(host="127.0.0.1", port=given["PORT"], user="stm", password="wrong", dbname="stm")
        except psycopg2.OperationalError as error:
            refusal = str(error)
        assert "password authentication failed" in refusal
