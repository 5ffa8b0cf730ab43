"""Makes the link into the console. Only its hash is kept; the message has it until it has run out.

What stands in the message is signed by whoever shows it, and without the signature it opens
nothing: reading the database is not enough.
"""

from __future__ import annotations

from bot import invitations
from bot.effects.acting import Acting, Made
from bot.invitations import CONSOLE_LASTS
from bot.messages import Link, Text
from bot.wording import console as words


def make(acting: Acting) -> Made:
    token = invitations.sign_in_link(
        acting.session, acting.member, lasts=CONSOLE_LASTS, now=acting.now
    )
    minutes = int(CONSOLE_LASTS.total_seconds() // 60)
    link = Link(words.OPEN, invitations.console_path(token))
    return Made((Text(words.link(minutes), link=link),))
