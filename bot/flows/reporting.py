"""Reports in the review: one after another, for those who look after what was reported."""

from __future__ import annotations

from bot.challenges.reports import ReportView
from bot.flows.effect.thread import Settled
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Turn
from bot.messages import Choice, Text
from bot.wording import LATER, OLD_BUTTON, THAT_WAS_ALL
from bot.wording import challenges as wording
from bot.wording import threads as words

REST = "review-rest"
"""The value of the button that leads to what else waits."""


def waiting(context: Context) -> Turn | None:
    """How many wait for this member, and the first; None where none does."""
    reports = context.lookup.threads.reports()
    if not reports:
        return None
    return Turn((Text(words.reports_wait(len(reports))), _shown(reports[0])))


def _shown(report: ReportView) -> Text:
    told = words.report(report.code, report.reason, report.quoted)
    return Text(
        told,
        (
            Choice(words.LOOKED_AT, f"looked:{report.id}"),
            Choice(wording.SHOW, f"show:{report.code}"),
            Choice(LATER, f"look-later:{report.id}"),
        ),
        quotes=report.quotes,
    )


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button under a report does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case ("looked" | "look-later") as verb, (number,) if number.isdecimal():
            return _next(int(number), context, settled=verb == "looked")
    return None


def _next(report_id: int, context: Context, *, settled: bool) -> Turn:
    reports = context.lookup.threads.reports()
    if settled and report_id not in [one.id for one in reports]:
        return Turn((Text(OLD_BUTTON),))
    behind = [one for one in reports if one.id > report_id]
    said = words.SETTLED if settled else ""
    rest = _shown(behind[0]) if behind else Text(THAT_WAS_ALL, (Choice(words.OTHER_THINGS, REST),))
    effects = (Settled(report_id),) if settled else ()
    return Turn((*((Text(said),) if said else ()), rest), effects)
