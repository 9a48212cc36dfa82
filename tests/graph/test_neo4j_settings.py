"""Where the user name and the password of Neo4j come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from trihelix.graph.neo4j_settings import Credentials, credentials, run_file, server_home
from trihelix.schema.errors import ConfigurationError

URL = "neo4j://graph.example"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file that the environment names."""
    path = tmp_path / "mine.toml"
    path.write_text('[neo4j]\nusername = "ana"\npassword = "from file"\ndatabase = "news"\n')
    monkeypatch.setenv("TRIHELIX_SETTINGS", str(path))
    return path


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without settings."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("empty")
def test_without_settings_the_user_is_neo4j() -> None:
    assert credentials(URL) == Credentials(username="neo4j", password=None, database=None)


@pytest.mark.usefixtures("settings")
def test_the_settings_file_that_the_environment_names() -> None:
    assert credentials(URL) == Credentials(username="ana", password="from file", database="news")


def test_a_settings_file_in_the_working_folder_or_the_users(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config" / "trihelix"
    config.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    (config / "settings.toml").write_text('[neo4j]\npassword = "of the user"\n')
    assert credentials(URL).password == "of the user"
    (empty / "trihelix.toml").write_text('[neo4j]\npassword = "of the folder"\n')
    assert credentials(URL).password == "of the folder"


@pytest.mark.usefixtures("settings")
def test_the_environment_counts_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "from environment")
    assert credentials(URL).password == "from environment"
    assert credentials(URL).username == "ana"


def test_passwords_are_not_shown(settings: Path) -> None:
    assert "from file" not in repr(credentials(URL))
    settings.unlink()
    with pytest.raises(ConfigurationError, match=r"TRIHELIX_SETTINGS names .*mine\.toml"):
        credentials(URL)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[neo4j\n", "cannot be read as TOML"),
        ("neo4j = 1\n", "neo4j must be a table"),
        ("[neo4j]\npasword = 'x'\n", "no setting 'pasword'; use username, password, database"),
        ("[neo4j]\npassword = 1\n", "password must be a string"),
    ],
)
def test_a_wrong_settings_file_is_refused(settings: Path, text: str, problem: str) -> None:
    settings.write_text(text)
    with pytest.raises(ConfigurationError, match=problem):
        credentials(URL)


@pytest.mark.usefixtures("empty")
def test_the_local_server_gives_its_own_password() -> None:
    home = server_home()
    home.mkdir()
    run_file(home).write_text(
        '[neo4j]\nurl = "bolt://127.0.0.1:7687"\nusername = "neo4j"\npassword = "local"\n'
    )
    assert credentials("neo4j://localhost").password == "local"
    assert credentials("bolt://127.0.0.1:7687").password == "local"
    assert credentials("bolt://127.0.0.1:7688").password is None
    assert credentials(URL).password is None
