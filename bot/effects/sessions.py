"""Does what a turn about sessions decided. Whatever is refused raises a SessionError."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.effects.acting import Acting, Made
from bot.flows.effect.sessions import (
    AskedForCalendar,
    CalledOff,
    Came,
    KeptInSet,
    Picked,
    Planned,
    Rearranged,
    SessionEffect,
    TookAttendance,
    Volunteered,
    WroteUp,
)
from bot.learning_sets import (
    agenda,
    calendars,
    planning,
    seats,
    session_changes,
    sets,
    write_ups,
)
from bot.messages import Choice, Text
from bot.wording import facilitating as told
from bot.wording import sessions as words
from bot.wording import write_ups as written


def make(effect: SessionEffect, acting: Acting) -> Made:
    match effect:
        case Planned() | Rearranged() | CalledOff():
            return _arranged(effect, acting)
        case Came(code, rsvp, whole_series):
            said = seats.answer(
                acting.session,
                acting.member.id,
                code,
                rsvp,
                whole_series=whole_series,
                now=acting.now,
            )
            first = said[0]
            text = words.noted(rsvp.value, [one.code for one in said], words.span(first))
            return Made((Text(text, (_see(first.code), *_bring(first.code, rsvp))),))
        case Volunteered() | Picked():
            return _on_the_agenda(effect, acting)
        case TookAttendance() | WroteUp() | KeptInSet():
            return _afterwards(effect, acting)
        case AskedForCalendar(renewed):
            return _calendar(acting, renewed=renewed)
        case _:
            assert_never(effect)


def _see(code: str) -> Choice:
    return Choice(words.SEE_IT, f"session:{code}")


def _bring(code: str, rsvp: seats.Rsvp) -> tuple[Choice, ...]:
    return (Choice(words.VOLUNTEER, f"volunteer:{code}"),) if rsvp is not seats.Rsvp.NO else ()


def _arranged(effect: Planned | Rearranged | CalledOff, acting: Acting) -> Made:
    session, me, now = acting.session, acting.member.id, acting.now
    zone = acting.rules.routing.zone.key
    match effect:
        case Planned(set_id, first, days, note):
            first = replace(first, zone=zone)
            made = planning.plan(session, me, set_id, first, days=days, now=now)
            invited = len(sets.members_of(session, set_id))
            lines = [f"{one.code}: {words.arrangement(one)}" for one in made]
            return Made((Text(told.planned(lines, invited, note), (_see(made[0].code),)),))
        case Rearranged(wish, new, note):
            changed = session_changes.change(session, me, wish, new, now=now)
            lines = [f"{one.code}: {words.arrangement(one)}" for one in changed]
            return Made((Text(told.changed(wish.code, lines, note), (_see(wish.code),)),))
        case CalledOff(wish):
            off = session_changes.cancel(session, me, wish, now=now)
            text = told.called_off(wish.code, [one.code for one in off])
            return Made((Text(text, (Choice(words.SEE_SESSIONS, "say:sessions"),)),))
        case _:
            assert_never(effect)


def _on_the_agenda(effect: Volunteered | Picked, acting: Acting) -> Made:
    session, now = acting.session, acting.now
    match effect:
        case Volunteered(code, challenge, brings):
            viewer = sets.viewer(session, acting.member)
            do = agenda.volunteer if brings else agenda.take_off
            do(session, viewer, code, challenge, now=now)
            return Made((Text(words.VOLUNTEERED if brings else words.TAKEN_OFF, (_see(code),)),))
        case Picked(code, picked, seen):
            on_it = agenda.pick(session, acting.member.id, code, picked, seen=seen, now=now)
            lines = [words.issue(one.code, one.problem) for one in on_it]
            return Made((Text(told.picked(code, lines), (_see(code),)),))
        case _:
            assert_never(effect)


def _afterwards(effect: TookAttendance | WroteUp | KeptInSet, acting: Acting) -> Made:
    session, me, now = acting.session, acting.member.id, acting.now
    match effect:
        case TookAttendance(code, present):
            _, grid = seats.attendance(session, me, code, present, now=now)
            came = [one.name for one in grid if one.attended]
            away = [one.name for one in grid if not one.attended]
            write = Choice(words.WRITE_UP, f"write-up:{code}")
            return Made((Text(told.attendance(code, came, away), (write, _see(code))),))
        case WroteUp(code, said, seen):
            row = write_ups.write(session, me, code, said, seen=seen, now=now)
            until = row.sends_at.astimezone(acting.rules.routing.zone) if row.sends_at else None
            return Made((Text(written.written(code, sends_at=until), (_see(code),)),))
        case KeptInSet(code):
            kept = write_ups.keep(session, me, code, now=now)
            said_so = written.KEPT_WISH if kept else written.NOTHING_TO_KEEP
            return Made((Text(said_so, (_see(code),)),))
        case _:
            assert_never(effect)


def _calendar(acting: Acting, *, renewed: bool) -> Made:
    session, me = acting.session, acting.member.id
    mark = calendars.renew(session, me) if renewed else calendars.marks(session, (me,))[me]
    text = words.RENEWED if renewed else words.CALENDAR
    renew = Choice(words.RENEW, "say:renew calendar")
    link = calendars.link(words.YOUR_CALENDAR, mark)
    return Made((Text(text, (Choice(words.SEE_SESSIONS, "say:sessions"), renew), link=link),))
