"""`als serve`, `als web` and `als worker`: the processes."""

from __future__ import annotations

import signal
import socket
from datetime import datetime
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

import knowledge.starter
import migrations
from bot import invitations, members
from bot.members import Role
from bot.settings import Settings
from handlers import app as composition
from handlers import clock, worker
from handlers.cli import Refused, current_database, err, opened, out, settings
from handlers.doctor import examine
from handlers.matching import embedder
from handlers.secret import signing_key
from knowledge import vectors
from knowledge.database import Database
from knowledge.semantic import Embedder

SAMPLES = (
    ("Sample officer", Role.OFFICER),
    ("Sample facilitator", Role.FACILITATOR),
    ("Sample moderator", Role.MODERATOR),
)
GRACE_SECONDS = 10
"""How long a browser or a provider that is being answered may hold up the end."""
HostOption = Annotated[
    str | None, typer.Option(help="The address to listen on; 0.0.0.0 for all. [HOST]")
]


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(web)
    app.command(name="worker")(work)


def serve(host: HostOption = None) -> None:
    """Run everything in one process: web chat, webhooks and worker."""
    read = settings(**({"host": host} if host else {}))
    database = opened(read)
    migrate(database)
    found = model(read)
    load_starter(database, found)
    network = composition.network(read, database, found)
    with network.database.reading() as session:
        network.engine.refresh(session)
    server = _server(composition.asgi(read, network, with_worker=True))
    listening = _listen(read)
    for one in examine(read):
        out.print(f"  {one.what:<11} {one.state.value:<4} {one.why}", markup=False)
    out.print(f"\nThe bot is at {read.address} (stop it with Ctrl+C)")
    if read.on_loopback:
        _print_links(database, read, now=clock.now())
    server.run(sockets=[listening])
    database.close()
    err.print("Stopped.")


def web(host: HostOption = None) -> None:
    """Run web chat and webhooks; the worker runs on its own."""
    read = settings(**({"host": host} if host else {}))
    with current_database(read) as database:
        network = composition.network(read, database, model(read))
        server = _server(composition.asgi(read, network, with_worker=False))
        server.run(sockets=[_listen(read)])


def work() -> None:
    """Run the worker: deliveries, nudges and what a crash left behind."""
    read = settings()
    with current_database(read) as database:
        network = composition.network(read, database, model(read))
        signing_key(read)  # addresses in messages are signed: better refused now than when one is
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            err.print("The worker is running (stop it with Ctrl+C)")
            worker.run(network)
        except KeyboardInterrupt:
            err.print("Stopped.")


def migrate(database: Database) -> None:
    """Raises Refused where the database belongs to a newer version."""
    stands = migrations.state(database)
    if stands is migrations.State.NEWER:
        raise Refused("The database is from a newer version of this software. Update the software.")
    if stands is not migrations.State.CURRENT:
        err.print("Preparing the database ...")
        migrations.upgrade(database)


def model(read: Settings) -> Embedder | None:
    """The sentence model; without it the bot runs on words alone and says so."""
    found, why = embedder(read)
    if why:
        err.print(f"Matching by words alone. {why}", markup=False)
    return found


def load_starter(database: Database, embedder: Embedder | None) -> None:
    """The starter knowledge, on the first start only, and any vectors that are missing."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=hidden) as progress:
        task = progress.add_task("Reading the starter knowledge", total=None)

        def shown(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        with database.writing() as session:
            loaded = knowledge.starter.load(session, embedder, now=clock.now(), progress=shown)
        if embedder is not None:
            # What was added while the model was away, or under another model.
            with database.writing() as session:
                vectors.store(session, embedder, progress=shown)
    if loaded:
        err.print(f"Loaded {loaded} entries of starter knowledge.")


def _print_links(database: Database, read: Settings, *, now: datetime) -> None:
    out.print("\nSign in to the web chat with a one-time link (each works once, for 24 hours):")
    with database.writing() as session:
        for name, role in SAMPLES:
            member = members.named_or_new(session, name, role, now=now)
            token = invitations.sign_in_link(session, member, now=now)
            out.print(f"  {name + ':':<20} {read.address}/sign-in/{token}", markup=False)
    out.print()


def _listen(read: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in read.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((read.host, read.port))
        listening.listen()  # whoever comes before all is ready waits, and is not turned away
    except OSError as error:
        raise Refused(
            f"Port {read.port} on {read.host} cannot be used ({error.strerror}). "
            "Choose another: PORT=8001"
        ) from error
    return listening


def _server(app: object) -> uvicorn.Server:
    """A server that a signal ends without a word; from now on signals are its own."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,  # its lines would hold sign-in tokens
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    # uvicorn repeats the signal that ended it: to these, so that being stopped is no failure.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, stop)
    return server
