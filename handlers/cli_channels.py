"""`als whatsapp` and `als slack`: what is set up with the providers."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from bot.settings import Settings
from handlers import whatsapp_sender, whatsapp_templates
from handlers.cli import Refused, out, settings
from handlers.slack_manifest import manifest
from handlers.whatsapp_sender import WhatsAppSender

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


@templates_app.command()
def push() -> None:
    """Make what is missing of the button templates at Twilio."""
    made = whatsapp_templates.push(_sender(settings()).client)
    out.print(f"Made {len(made)} templates." if made else "All templates are there already.")


@templates_app.command("list")
def listed() -> None:
    """List our button templates at Twilio."""
    for name, sid in whatsapp_templates.listed(_sender(settings()).client).items():
        out.print(f"{name}  {sid}")


@slack_app.command("manifest")
def show_manifest(
    socket_mode: Annotated[
        bool, typer.Option(help="For a machine with no public address.")
    ] = False,
) -> None:
    """Print the manifest that makes the Slack app."""
    document = manifest(settings().address, socket_mode)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
