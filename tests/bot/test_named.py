"""Commands that name something, and questions that only begin like one."""

from __future__ import annotations

from datetime import date

import pytest

from bot import days
from bot.flows.meaning import Command, Said, command
from bot.flows.named import named

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reply K7M", Said(Command.REPLY, "K7M")),
        ("Reply k7m: We rang\nall of Them.", Said(Command.REPLY, "K7M We rang\nall of Them.")),
        ("answer #K7M", Said(Command.REPLY, "K7M")),
        ("K7M", Said(Command.CHALLENGE, "K7M")),
        ("show k7m.", Said(Command.CHALLENGE, "K7M")),
        ("challenge B9Q", Said(Command.CHALLENGE, "B9Q")),
        ("follow K7M!", Said(Command.FOLLOW, "K7M")),
        ("follow theme High streets", Said(Command.FOLLOW, "theme High streets")),
        ("unfollow theme data", Said(Command.UNFOLLOW, "theme data")),
        ("same K7M", Said(Command.SAME, "K7M")),
        ("mute K7M", Said(Command.MUTE, "K7M")),
        ("mute until 1/9", Said(Command.MUTE, "until 1/9")),
        ("mute 2 weeks", Said(Command.MUTE, "2 weeks")),
        ("mute a fortnight", Said(Command.MUTE, "a fortnight")),
        ("report K7M it names a person", Said(Command.REPORT, "K7M it names a person")),
        ("withdraw K7M", Said(Command.WITHDRAW, "K7M")),
        ("try 2", Said(Command.TRY, "2")),
        ("I'll try solution 2.", Said(Command.TRY, "2")),
        ("close ZZZ", Said(Command.CLOSE, "ZZZ")),
        ("follow xyz", Said(Command.FOLLOW, "XYZ")),
        ("reply QQQ We rang them", Said(Command.REPLY, "QQQ We rang them")),
        ("report ABC", Said(Command.REPORT, "ABC")),
        ("edit ZZZ", Said(Command.EDIT, "ZZZ")),
        ("share xyz", Said(Command.SHARE, "XYZ")),
        ("Z9Z", Said(Command.CHALLENGE, "Z9Z")),
        ("my replies", Said(Command.MY_REPLIES)),
        ("commit", Said(Command.COMMIT)),
        ("Commit ask Chidi\nfirst", Said(Command.COMMIT, "ask Chidi\nfirst")),
        ("commit K7M ring them", Said(Command.COMMIT, "K7M ring them")),
        ("commitments", Said(Command.COMMITMENTS)),
        ("my commitments", Said(Command.COMMITMENTS)),
        ("went not yet", Said(Command.WENT, "not yet")),
        ("reflect m2x", Said(Command.REFLECT, "m2x")),
        ("reflections North East", Said(Command.REFLECTIONS, "North East")),
        ("guide m2x 8", Said(Command.GUIDE, "m2x 8")),
        ("digest M2X.", Said(Command.DIGEST, "M2X.")),
        ("settings", Said(Command.SETTINGS)),
    ],
)
def test_what_is_named_follows_its_command_as_it_was_typed(text: str, said: Said) -> None:
    assert command(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "close the gap in skills",
        "report on monitoring",
        "reply to our board",
        "follow the money",
        "same problem with returns",
        "challenge perception of funding",
        "close K7M because it is over",
        "HSE",
        "close gap",
        "CLOSE GAP",
        "follow trends",
        "show GDP",
        "report on it",
        "report GDP figures",
        "share costs",
        "co2",
        "try to measure 2 things",
        "mute the board",
        "commit to net zero: what works?",
        "reflect local needs in the plan?",
        "commitment to meet",
        "guide to procurement",
        "digest of the guidance",
        "went well",
    ],
)
def test_words_that_name_nothing_with_a_code_are_a_question(text: str) -> None:
    assert named(text) is None
    assert command(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 weeks", date(2026, 12, 7)),
        ("for a week", date(2026, 11, 30)),
        ("a fortnight", date(2026, 12, 7)),
        ("in 10 days", date(2026, 12, 3)),
        ("3 months", date(2027, 2, 23)),
        ("until 1/9", date(2027, 9, 1)),
        ("until 3 December", date(2026, 12, 3)),
        ("Friday", date(2026, 11, 27)),
        ("some time", None),
    ],
)
def test_a_day_ahead_is_read_as_a_date_or_as_how_long(text: str, day: date | None) -> None:
    assert days.read(text, today=MONDAY) == day


def test_a_month_on_from_its_last_day_is_a_last_day() -> None:
    assert days.read("a month", today=date(2026, 1, 31)) == date(2026, 2, 28)
    assert days.read("a month", today=date(2026, 12, 31)) == date(2027, 1, 31)
