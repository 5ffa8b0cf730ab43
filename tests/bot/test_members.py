"""Who is in the network, and the two ways in: a code for one person, a link for one sign-in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import invitations, members
from bot.invitations import INVITATION_LASTS, SIGN_IN_LASTS, Invitation, NotUsable, SignInLink
from bot.members import (
    LONGEST_NAME,
    BadName,
    ChannelIdentity,
    Member,
    NameTaken,
    NoSuchMember,
    Role,
)
from bot.messages import Channel
from knowledge.database import Database

PHONE = "whatsapp:+447700900123"
OTHER_PHONE = "whatsapp:+447700900124"


def invite(database: Database, name: str, now: datetime) -> str:
    with database.writing() as session:
        member = members.named_or_new(session, name, Role.OFFICER, now=now)
        return invitations.invite(session, member, now=now)


def accept(database: Database, code: str, address: str, now: datetime) -> str | None:
    with database.writing() as session:
        return invitations.accept(session, code, Channel.WHATSAPP, address, now=now).name


def who_is_at(database: Database, address: str) -> str | None:
    with database.reading() as session:
        member = members.at(session, Channel.WHATSAPP, address)
        return member.name if member is not None else None


def all_at_once(work: Callable[[int], None], times: int) -> None:
    start = threading.Barrier(times)

    def wait_and_work(number: int) -> None:
        start.wait()
        work(number)

    threads = [threading.Thread(target=wait_and_work, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_code_lets_the_invited_person_in(database: Database, now: datetime) -> None:
    code = invite(database, "Asha", now)
    assert who_is_at(database, PHONE) is None
    assert accept(database, code, PHONE, now) == "Asha"
    assert who_is_at(database, PHONE) == "Asha"


def test_a_code_may_be_typed_in_any_case_and_spacing(database: Database, now: datetime) -> None:
    for shape in ("{0}{1}", "  {0} {1} ", "{0}-{1}", "“{0}{1}”.", "{0}{1}\n"):
        code = invite(database, "Asha", now)
        assert accept(database, shape.format(code[:4], code[4:].lower()), PHONE, now) == "Asha"


def test_a_code_that_nobody_was_given_lets_nobody_in(database: Database, now: datetime) -> None:
    invite(database, "Asha", now)
    for code in ("", "ABCD2345", "x" * 5_000, "'; --", "\N{SNOWMAN}", "12345678"):
        with pytest.raises(NotUsable):
            accept(database, code, PHONE, now)
    assert who_is_at(database, PHONE) is None


def test_a_code_works_once(database: Database, now: datetime) -> None:
    code = invite(database, "Asha", now)
    accept(database, code, PHONE, now)
    with pytest.raises(NotUsable):
        accept(database, code, OTHER_PHONE, now)
    assert who_is_at(database, OTHER_PHONE) is None


def test_a_code_works_until_it_runs_out(database: Database, now: datetime) -> None:
    first, second = invite(database, "Asha", now), invite(database, "Ben", now)
    almost = now + INVITATION_LASTS - timedelta(seconds=1)
    assert accept(database, first, PHONE, almost) == "Asha"
    with pytest.raises(NotUsable):
        accept(database, second, OTHER_PHONE, now + INVITATION_LASTS)


def test_two_people_with_one_code_at_the_same_moment_are_one_too_many(
    database: Database, now: datetime
) -> None:
    code = invite(database, "Asha", now)
    refused: list[int] = []

    def join(number: int) -> None:
        try:
            accept(database, code, f"whatsapp:+44770090000{number}", now)
        except NotUsable:
            refused.append(number)

    all_at_once(join, 4)
    assert len(refused) == 3
    with database.reading() as session:
        assert len(session.scalars(select(ChannelIdentity)).all()) == 1


def test_a_code_is_easy_to_read_out_and_never_a_word(database: Database, now: datetime) -> None:
    codes = {invite(database, "Asha", now) for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert invitations.is_code(code)
        assert not set(code) & set("01ILOU")
        assert not code.isalpha()


def test_neither_a_code_nor_a_link_is_stored_as_it_is(database: Database, now: datetime) -> None:
    with database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        code = invitations.invite(session, member, now=now)
        token = invitations.sign_in_link(session, member, now=now)
    with database.reading() as session:
        assert session.scalars(select(Invitation.code_hash)).one() != code
        assert session.scalars(select(SignInLink.token_hash)).one() != token


def test_a_sign_in_link_works_once_and_until_it_runs_out(database: Database, now: datetime) -> None:
    with database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        used, late = (invitations.sign_in_link(session, member, now=now) for _ in range(2))
        last = now + SIGN_IN_LASTS - timedelta(seconds=1)
        assert invitations.sign_in(session, used, now=last) is member
        for token, when in ((used, last), (late, now + SIGN_IN_LASTS), ("", now), ("x", now)):
            with pytest.raises(NotUsable):
                invitations.sign_in(session, token, now=when)


def test_a_sign_in_link_pressed_twice_at_once_signs_in_once(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        token = invitations.sign_in_link(session, member, now=now)
    signed_in: list[int] = []

    def press(number: int) -> None:
        with database.writing() as session:
            try:
                invitations.sign_in(session, token, now=now)
            except NotUsable:
                return
        signed_in.append(number)

    all_at_once(press, 4)
    assert len(signed_in) == 1


def test_a_known_member_keeps_the_role_they_have(database: Database, now: datetime) -> None:
    with database.writing() as session:
        first = members.named_or_new(session, "Asha", Role.MODERATOR, now=now)
        again = members.named_or_new(session, "  Asha ", Role.ADMINISTRATOR, now=now)
        assert again is first
        assert again.role is Role.MODERATOR


def test_the_same_name_from_many_processes_is_one_member(database: Database, now: datetime) -> None:
    def name(_number: int) -> None:
        with database.writing() as session:
            members.named_or_new(session, "Asha", Role.OFFICER, now=now)

    all_at_once(name, 4)
    with database.reading() as session:
        assert session.scalars(select(Member.name)).all() == ["Asha"]


def test_a_name_may_hold_any_character_that_shows(database: Database, now: datetime) -> None:
    names = (
        "Siân O’Neill-Jones",
        "Robert'); DROP TABLE member;--",
        "[bold]Asha[/bold] [/]",
        "李小龍",
        "محمد",
        "\N{PARTY POPPER} Asha",
        "<script>alert(1)</script>",
        "A" * LONGEST_NAME,
        "100% & more",
    )
    for name in names:
        with database.writing() as session:
            members.add(session, name, Role.OFFICER, now=now)
        with database.reading() as session:
            assert members.named(session, name).name == name


def test_a_name_that_no_screen_can_show_is_refused(database: Database, now: datetime) -> None:
    too_long = "A" * (LONGEST_NAME + 1)
    for name in ("", "   ", too_long, "A\x00B", "A\x1b[31mB", "A\u202eB", "A\ud800B"):
        with database.writing() as session, pytest.raises(BadName):
            members.named_or_new(session, name, Role.OFFICER, now=now)


def test_a_name_is_the_same_however_its_accents_are_typed(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        composed = members.add(session, "Si\u00e2n", Role.OFFICER, now=now)
        assert members.named(session, "Sia\u0302n") is composed


def test_a_name_is_given_once_and_an_unknown_one_is_nobodys(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        members.add(session, "Asha", Role.OFFICER, now=now)
        with pytest.raises(NameTaken):
            members.add(session, "Asha", Role.MODERATOR, now=now)
        with pytest.raises(NoSuchMember):
            members.named(session, "Ben")


def test_an_address_stays_with_the_member_who_had_it_first(
    database: Database, now: datetime
) -> None:
    accept(database, invite(database, "Asha", now), PHONE, now)
    with database.writing() as session:
        ben = members.add(session, "Ben", Role.OFFICER, now=now)
        members.connect(session, ben, Channel.WHATSAPP, PHONE, now=now)
    assert who_is_at(database, PHONE) == "Asha"


def test_the_list_names_members_by_name_with_each_channel_once(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        members.add(session, None, Role.OFFICER, now=now)
        ben = members.add(session, "Ben", Role.OFFICER, now=now)
        members.add(session, "Asha", Role.FACILITATOR, now=now)
        for channel, address in (("slack", "T:1"), ("slack", "T:2"), ("web", "member:2")):
            members.connect(session, ben, Channel(channel), address, now=now)
        ben.stopped_at = now
    with database.reading() as session:
        rows = members.listed(session)
    assert [(row.name, row.stopped) for row in rows] == [
        ("Asha", False),
        ("Ben", True),
        (None, False),
    ]
    assert rows[1].channels == (Channel.SLACK, Channel.WEB)
