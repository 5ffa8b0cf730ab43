"""Calendar files as programs read them: parsed back, and by the rules of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.learning_sets.commitments import Commitment
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import Arrangement
from handlers import ics
from handlers.ics import NOWHERE, Reader
from handlers.ics_zone import zone

READER = Reader("mark", "https://bot.example.org")
LINK = "https://meet.example.org/north"
MEETING = SessionView(
    7,
    "M2X",
    "0123abcd",
    1,
    "North, mostly; and \\ more",
    Arrangement(date(2026, 12, 8), time(10), 120, "Europe/London", "Town Hall", LINK),
    planned=True,
    edition=3,
    sequence=2,
    changed_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    invited=True,
    rsvp=Rsvp.YES,
    facilitates=False,
    later=0,
)


def at(day: date, hour: time, name: str = "Europe/London") -> SessionView:
    return replace(
        MEETING, arrangement=replace(MEETING.arrangement, starts_on=day, starts_at=hour, zone=name)
    )


def read(file: bytes) -> Any:
    return Calendar.from_ical(file)


def event(file: bytes) -> Any:
    (found,) = read(file).walk("VEVENT")
    return found


def test_an_invitation_says_when_where_and_which_change_it_is(now: datetime) -> None:
    file = ics.invitation(MEETING, READER, now=now)
    calendar, found = read(file), event(file)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert found["UID"] == "0123abcd@bot.example.org"
    assert found["SEQUENCE"] == 2
    assert found["SUMMARY"] == MEETING.set_name
    assert (found["LOCATION"], found["URL"]) == ("Town Hall", LINK)
    assert found["STATUS"] == "CONFIRMED"
    assert found["DTSTART"].dt == datetime(2026, 12, 8, 10, tzinfo=ZoneInfo("Europe/London"))
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(hours=2)
    assert found["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    alarms = [one["TRIGGER"].dt for one in found.walk("VALARM")]
    assert alarms == [-timedelta(days=1), -timedelta(hours=1)]


def test_the_file_keeps_to_the_rules(now: datetime) -> None:
    file = ics.invitation(MEETING, READER, now=now)
    lines = file.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    text = file.decode().replace("\r\n ", "")
    assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z\r$", text, re.MULTILINE)
    assert "\r\nDTSTART;TZID=Europe/London:20261208T100000\r\n" in text
    assert "SUMMARY:North\\, mostly\\; and \\\\ more" in text
    for name in ("BEGIN:VTIMEZONE", "PRODID:", "ORGANIZER:", "SEQUENCE:2", "TZID:Europe/London"):
        assert text.count(f"\r\n{name}") == 1
    folded = ics.invitation(replace(MEETING, set_name="ü" * 100), READER, now=now)
    assert max(map(len, folded.split(b"\r\n"))) <= 75
    assert event(folded)["SUMMARY"] == "ü" * 100


def test_a_cancelled_session_is_taken_out_by_the_same_name(now: datetime) -> None:
    off = replace(MEETING, planned=False, sequence=3)
    file = ics.invitation(off, READER, now=now)
    found = event(file)
    assert read(file)["METHOD"] == "CANCEL"
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == (
        event(ics.invitation(MEETING, READER, now=now))["UID"],
        3,
        "CANCELLED",
    )
    assert found.walk("VALARM") == []


@pytest.mark.parametrize(
    ("home", "domain"),
    [
        ("https://bot.example.org", "bot.example.org"),
        ("http://127.0.0.1:8000", NOWHERE),
        ("http://[::1]:8000", NOWHERE),
        ("http://localhost:8000", NOWHERE),
    ],
)
def test_no_mailbox_in_it_is_anybodys(home: str, domain: str, now: datetime) -> None:
    found = event(ics.invitation(MEETING, Reader("mark", home), now=now))
    assert found["ORGANIZER"] == f"mailto:no-reply@{domain}"
    assert re.fullmatch(f"mailto:member-[0-9a-f]{{16}}@{re.escape(domain)}", found["ATTENDEE"])
    assert "mark" not in found["ATTENDEE"]
    assert "CN" not in found["ATTENDEE"].params


CHANGES = [
    (date(2026, 10, 24), time(10), "20261024T090000"),
    (date(2026, 10, 25), time(10), "20261025T100000"),
    (date(2027, 3, 27), time(10), "20270327T100000"),
    (date(2027, 3, 28), time(10), "20270328T090000"),
    (date(2027, 10, 31), time(1, 30), "20271031T003000"),  # comes twice: the first
    (date(2034, 7, 4), time(10), "20340704T090000"),
    (date(2034, 12, 5), time(10), "20341205T100000"),
]


@pytest.mark.parametrize(("day", "hour", "utc"), CHANGES)
def test_the_zones_own_rules_give_the_hour_around_each_change(
    day: date, hour: time, utc: str, now: datetime
) -> None:
    """Read as a program does that knows no zone by name and only follows what the file says."""
    (rules,) = read(ics.invitation(at(day, hour), READER, now=now)).walk("VTIMEZONE")
    local = datetime.combine(day, hour)
    assert f"{local - offset(rules, local):%Y%m%dT%H%M%S}" == utc


def offset(rules: Any, local: datetime) -> timedelta:
    """The offset in force: of the last change that had begun, by its yearly rule."""
    begun: list[tuple[datetime, timedelta]] = []
    for part in (*rules.standard, *rules.daylight):
        start: datetime = part["DTSTART"].dt
        rule = part["RRULE"]
        (month,), (which,) = rule["BYMONTH"], rule["BYDAY"]
        assert str(which) == "-1SU"
        for year in range(start.year, local.year + 1):
            last = date(year, int(month), 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            change = datetime.combine(sunday, start.time())
            if change <= local and change >= start:
                # The hour that comes twice belongs to the time before it, as it begins then.
                twice = part["TZOFFSETFROM"].td > part["TZOFFSETTO"].td
                if not (twice and local < change):
                    begun.append((change, part["TZOFFSETTO"].td))
    return max(begun)[1]


@pytest.mark.parametrize("name", ["Europe/London", "Europe/Dublin", "America/New_York"])
def test_a_zone_with_one_rule_a_year_is_told_by_its_rule(name: str) -> None:
    rules = zone(name, date(2026, 12, 8))
    text = rules.to_ical().decode()
    assert text.count("RRULE:FREQ=YEARLY") == 2
    assert "RDATE" not in text


def test_zones_without_changes_and_without_a_rule_are_told_too() -> None:
    steady = zone("Asia/Kolkata", date(2026, 12, 8)).to_ical().decode()
    assert "TZOFFSETTO:+0530" in steady
    assert "DAYLIGHT" not in steady
    moon = zone("Africa/Casablanca", date(2026, 12, 8)).to_ical().decode()
    assert "RDATE" in moon


def test_a_feed_holds_sessions_and_content_free_check_backs(now: datetime) -> None:
    secret = "tell nobody that we ring the chamber"
    trying = Commitment(id=4, member_id=1, what=secret, check_back_on=date(2026, 12, 15))
    elsewhere = replace(at(date(2026, 12, 9), time(10), "America/New_York"), uid="other")
    file = ics.feed((MEETING, elsewhere), (trying,), READER, now=now)
    calendar = read(file)
    assert calendar["METHOD"] == "PUBLISH"
    assert {one["TZID"] for one in calendar.walk("VTIMEZONE")} == {
        "Europe/London",
        "America/New_York",
    }
    first, _, check_back = calendar.walk("VEVENT")
    assert first["UID"] == event(ics.invitation(MEETING, READER, now=now))["UID"]
    assert check_back["SUMMARY"] == "Check back: what you meant to try"
    assert check_back["DTSTART"].dt == date(2026, 12, 15)
    assert [one["TRIGGER"].dt for one in check_back.walk("VALARM")] == [
        timedelta(hours=9, minutes=30)
    ]
    assert secret.encode() not in file
    assert b"DURATION" in file.split(b"REFRESH-INTERVAL")[1][:20]
