from typing import cast

import psycopg
import pytest

from storage.engine.database import make_engine
from storage.engine.errors import UnknownDatabase
from storage.engine.urls import normalise_url, sqlite_file


@pytest.mark.parametrize(
    ("pasted", "used"),
    [
        ("sqlite:///data/meldind.sqlite3", "sqlite+pysqlite:///data/meldind.sqlite3"),
        ("sqlite:////var/lib/meldind.sqlite3\n", "sqlite+pysqlite:////var/lib/meldind.sqlite3"),
        ("postgres://ana@db/meldind", "postgresql+psycopg://ana@db/meldind"),
        ("postgresql://ana:geheim@db:5433/meldind?sslmode=require", None),
        ("postgresql+psycopg://ana@db/meldind", "postgresql+psycopg://ana@db/meldind"),
    ],
)
def test_urls_are_taken_as_people_paste_them(pasted: str, used: str | None) -> None:
    expected = used or pasted.replace("postgresql:", "postgresql+psycopg:")
    assert normalise_url(pasted).render_as_string(hide_password=False) == expected


@pytest.mark.parametrize("pasted", ["mysql://db/meldind", "meldind.sqlite3", "", "sqlite://", "sqlite:///:memory:"])
def test_what_cannot_be_used_is_said_in_one_line(pasted: str) -> None:
    with pytest.raises(UnknownDatabase, match=r"^[^\n]*sqlite:///[^\n]*$"):
        normalise_url(pasted)


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(UnknownDatabase) as refused:
        normalise_url("oracle://ana:geheim@db/meldind")
    assert "geheim" not in str(refused.value)


def test_nothing_waits_for_ever_for_a_network_that_swallows_everything(postgres_url: str) -> None:
    own = normalise_url(postgres_url).update_query_dict({"keepalives_count": "9"})
    engine = make_engine(own)
    with engine.connect() as connection:
        driver = cast("psycopg.Connection", connection.connection.driver_connection)
        used = driver.info.get_parameters()
    engine.dispose()
    limits = {
        name: used[name] for name in ("connect_timeout", "keepalives_idle", "tcp_user_timeout", "keepalives_count")
    }
    assert limits == {
        "connect_timeout": "10",
        "keepalives_idle": "10",
        "tcp_user_timeout": "25000",
        "keepalives_count": "9",
    }


def test_only_sqlite_has_a_file() -> None:
    assert str(sqlite_file(normalise_url("sqlite:////var/meldind.sqlite3"))) == "/var/meldind.sqlite3"
    assert sqlite_file(normalise_url("postgresql://db/meldind")) is None
