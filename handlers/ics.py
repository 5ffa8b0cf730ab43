"""Calendar files (RFC 5545): a session as an invitation, and a member's whole calendar.

No person is in them but the reader, and the reader only by the mark of their calendar: nobody's
name, e-mail address or number. Times stand in the session's own zone, whose rules go along.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from bot.learning_sets.commitments import Commitment
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_views import SessionView
from bot.wording import calendar as words
from handlers.ics_zone import zone

PRODUCT = "-//Officer network//Sessions//EN"
NOWHERE = "officer-network.invalid"
"""Stands for a bot without a public name: a domain that is reserved for never existing."""
_ANSWERS = {
    Rsvp.YES: "ACCEPTED",
    Rsvp.MAYBE: "TENTATIVE",
    Rsvp.NO: "DECLINED",
    None: "NEEDS-ACTION",
}
BEFORE = (timedelta(days=1), timedelta(hours=1))
"""How long before a session its alarms ring."""
CHECK_BACK_AT = timedelta(hours=9, minutes=30)
"""When, on the day of a check-back, its alarm rings."""
LOOK_AGAIN = timedelta(hours=1)
"""How often a calendar program should fetch the calendar anew."""


@dataclass(frozen=True)
class Reader:
    """Whose file it is: the mark of their calendar, and the bot's own address."""

    mark: str
    home: str

    @property
    def domain(self) -> str:
        host = urlsplit(self.home).hostname or ""
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return host if "." in host else NOWHERE
        return NOWHERE

    @property
    def address(self) -> str:
        """Takes no mail, says nothing of the reader, and is the same in each of their files."""
        digest = hashlib.sha256(self.mark.encode()).hexdigest()[:16]
        return f"mailto:member-{digest}@{self.domain}"


def invitation(one: SessionView, reader: Reader, *, now: datetime) -> bytes:
    """One session as a calendar takes it in or, where it was called off, out again."""
    calendar = _calendar("REQUEST" if one.planned else "CANCEL")
    calendar.add_component(zone(one.arrangement.zone, one.arrangement.starts_on))
    calendar.add_component(_event(one, reader, now))
    return bytes(calendar.to_ical())


def feed(
    sessions: Iterable[SessionView],
    commitments: Iterable[Commitment],
    reader: Reader,
    *,
    now: datetime,
) -> bytes:
    """All of a member's sessions, and the days on which they are asked how something went."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", vText(words.NAME))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    shown = tuple(sessions)
    first: dict[str, date] = {}
    for one in shown:
        key = one.arrangement.zone
        first[key] = min(first.get(key, date.max), one.arrangement.starts_on)
    for name, earliest in sorted(first.items()):
        calendar.add_component(zone(name, earliest))
    for one in shown:
        calendar.add_component(_event(one, reader, now))
    for commitment in commitments:
        calendar.add_component(_check_back(commitment, reader, now))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(one: SessionView, reader: Reader, now: datetime) -> Event:
    there = ZoneInfo(one.arrangement.zone)
    event = Event()
    event.add("uid", f"{one.uid}@{reader.domain}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("dtstart", one.starts.astimezone(there))
    event.add("dtend", one.ends.astimezone(there))
    event.add("summary", one.set_name)
    _where(event, one)
    event.add("organizer", vCalAddress(f"mailto:no-reply@{reader.domain}"))
    event.add("attendee", _attendee(one, reader), encode=False)
    event.add("status", "CONFIRMED" if one.planned else "CANCELLED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    if one.planned:
        for before in BEFORE:
            event.add_component(_alarm(-before, one.set_name))
    return event


def _where(event: Event, one: SessionView) -> None:
    place, link = one.arrangement.place, one.arrangement.link
    if place or link:
        event.add("location", place or link)
    if link:
        event.add("url", vUri(link))
    event.add("description", words.description(one.code, link))


def _attendee(one: SessionView, reader: Reader) -> vCalAddress:
    attendee = vCalAddress(reader.address)
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText(_ANSWERS[one.rsvp])
    attendee.params["rsvp"] = vText("FALSE")  # answers go to the bot: nobody reads that mailbox
    return attendee


def _check_back(one: Commitment, reader: Reader, now: datetime) -> Event:
    """Content-free: a calendar may be seen by others."""
    digest = hashlib.sha256(f"{reader.mark}:{one.id}".encode()).hexdigest()[:24]
    event = Event()
    event.add("uid", f"check-back-{digest}@{reader.domain}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", one.check_back_on)
    event.add("dtend", one.check_back_on + timedelta(days=1))
    event.add("summary", words.CHECK_BACK)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add_component(_alarm(CHECK_BACK_AT, words.CHECK_BACK))
    return event


def _alarm(at: timedelta, said: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", at)
    return alarm
