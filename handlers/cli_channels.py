"""`als whatsapp` and `als slack`: what is set up with the providers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]

from bot.settings import Settings
from handlers import whatsapp_knock, whatsapp_sender, whatsapp_templates
from handlers.cli import Refused, out, settings
from handlers.slack_manifest import manifest
from handlers.whatsapp_client import TwilioUnreachable
from handlers.whatsapp_sender import WhatsAppSender
from handlers.whatsapp_templates import TemplateNotMade

whatsapp_app = typer.Typer(help="WhatsApp through Twilio.", no_args_is_help=True)
templates_app = typer.Typer(help="The buttons that Twilio keeps for us.", no_args_is_help=True)
slack_app = typer.Typer(help="Slack.", no_args_is_help=True)
whatsapp_app.add_typer(templates_app, name="templates")


def register(app: typer.Typer) -> None:
    app.add_typer(whatsapp_app, name="whatsapp")
    app.add_typer(slack_app, name="slack")


def _sender(read: Settings) -> WhatsAppSender:
    sender = whatsapp_sender.sender_for(read)
    if sender is None:
        raise Refused("WhatsApp is off: TWILIO_ACCOUNT_SID is missing.")
    return sender


@contextmanager
def _twilio() -> Iterator[None]:
    """Twilio's refusals as ours, by their code: its own sentences may quote an account."""
    try:
        yield
    except TwilioUnreachable as error:
        raise Refused(f"Twilio cannot be reached ({error}).") from error
    except (TemplateNotMade, TwilioException) as error:
        code = getattr(error, "code", None) or getattr(error, "status", None) or error
        raise Refused(
            f"Twilio refused ({code}). Check TWILIO_ACCOUNT_SID and its token."
        ) from error


@templates_app.command()
def push() -> None:
    """Make what is missing of the button templates at Twilio."""
    sender = _sender(settings())
    with _twilio():
        made = whatsapp_templates.push(sender.client)
        handed_in = whatsapp_knock.push(sender.client)
    out.print(f"Made {len(made)} templates." if made else "All templates are there already.")
    if handed_in:
        out.print("WhatsApp is asked to approve the knock. “als whatsapp templates status” tells.")


@templates_app.command("list")
def listed() -> None:
    """List our button templates at Twilio."""
    sender = _sender(settings())
    with _twilio():
        templates = whatsapp_templates.listed(sender.client)
    for name, sid in templates.items():
        out.print(f"{name}  {sid}")


@templates_app.command()
def status() -> None:
    """Say whether WhatsApp has approved the knock, which goes a day after a member's last words."""
    sender = _sender(settings())
    with _twilio():
        stands = whatsapp_knock.status(sender.client)
    out.print(f"{whatsapp_knock.NAME}  {stands}")
    if stands != whatsapp_knock.APPROVED:
        out.print("Until it is approved, what the bot starts waits for the member to write.")


@slack_app.command("manifest")
def show_manifest(
    socket_mode: Annotated[
        bool, typer.Option(help="For a machine with no public address.")
    ] = False,
) -> None:
    """Print the manifest that makes the Slack app."""
    read = settings()
    if not socket_mode and read.public_url is None:
        raise Refused(
            "PUBLIC_URL is missing: Slack must reach the bot at an https address. Without one, add "
            "--socket-mode."
        )
    document = manifest(read.address, socket_mode)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
