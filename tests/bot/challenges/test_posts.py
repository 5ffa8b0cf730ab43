"""Posting and editing a challenge: what is taken, what is refused, who hears of it."""

from __future__ import annotations

import pytest

from bot.challenges import errors, followers, posts, views
from bot.challenges.models import (
    LONGEST_CONTEXT,
    LONGEST_PROBLEM,
    LONGEST_TRIED,
    Challenge,
    ChallengeState,
)
from bot.challenges.posts import NewChallenge
from bot.wording import challenges as wording
from tests.bot.challenges.town import PROBLEM, Town


def test_a_challenge_reads_as_it_was_posted_under_a_pseudonym(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha, context=" new team ", tried="e-mails", themes=("grants", "data"))
    seen = town.does(ben, views.view, code)
    assert (seen.label, seen.problem, seen.context, seen.tried) == (
        "Officer A",
        PROBLEM,
        "new team",
        "e-mails",
    )
    assert seen.themes == ("Data", "Grants")
    assert not seen.mine
    assert town.does(asha, views.view, code).mine


def test_who_chose_so_posts_under_their_name(town: Town, asha: int, ben: int) -> None:
    assert town.does(ben, views.view, town.posts(asha, named=True)).label == "Asha"


def test_the_same_message_again_posts_nothing_again(town: Town, asha: int, ben: int) -> None:
    assert town.posts(asha, key="m1") == town.posts(asha, key="m1")
    assert town.posts(ben, key="m1") != town.posts(asha, key="m1")
    assert town.rows(Challenge) == 2


@pytest.mark.parametrize(
    ("field", "limit"),
    [("problem", LONGEST_PROBLEM), ("context", LONGEST_CONTEXT), ("tried", LONGEST_TRIED)],
)
def test_every_text_is_taken_up_to_its_limit_and_refused_beyond(
    town: Town, asha: int, field: str, limit: int
) -> None:
    def posted(length: int) -> str:
        texts = {"problem": PROBLEM, "context": "", "tried": "", field: "ä" * length}
        context, tried = texts["context"], texts["tried"]
        return town.posts(asha, texts["problem"], context=context, tried=tried)

    posted(limit - 1)
    posted(limit)
    with pytest.raises(errors.TooLong) as refused:
        posted(limit + 1)
    assert f"{limit:,}" in refused.value.sentence
    assert town.rows(Challenge) == 2


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b", "\x00"])
def test_a_challenge_without_a_problem_is_refused(town: Town, asha: int, nothing: str) -> None:
    with pytest.raises(errors.NoWords):
        town.posts(asha, nothing)


@pytest.mark.parametrize("themes", [("nothing",), ("data", "nothing")])
def test_a_theme_that_is_not_there_is_refused(
    town: Town, asha: int, themes: tuple[str, ...]
) -> None:
    with pytest.raises(errors.ThemesUnfit):
        town.posts(asha, themes=themes)


def test_nobody_posts_to_a_set_they_are_not_in(town: Town, asha: int, ben: int) -> None:
    north = town.learning_set("North", ben)
    with pytest.raises(errors.NotInSet):
        town.posts(asha, set_id=north)
    with pytest.raises(errors.NotInSet):
        town.posts(asha, set_id=north + 1)
    assert town.rows(Challenge) == 0


def test_an_edit_is_told_to_who_follows_and_who_was_asked_with_the_new_words(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    dora = town.member("Dora")
    town.does(dora, followers.follow, code, now=town.now)
    before = {one: len(town.told(one)) for one in (asha, ben, cara, dora)}
    new = NewChallenge("Another problem", themes=("data",))
    town.does(asha, posts.edit, code, new, now=town.now)
    assert len(town.told(asha)) == before[asha]
    for one in (ben, cara, dora):
        assert "Another problem" in town.told(one)[-1]
    assert wording.edited(code, "Another problem", "", "", follows=True) in town.told(dora)
    assert town.does(ben, views.view, code).edited_at == town.now


def test_an_edit_that_changes_nothing_disturbs_nobody(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha, themes=("data",))
    town.does(asha, posts.edit, code, NewChallenge(PROBLEM, themes=("data",)), now=town.now)
    assert len(town.told(ben)) == 1
    assert town.does(ben, views.view, code).edited_at is None


def test_the_old_words_leave_no_more_once_they_are_edited(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha, "What the mayor said")
    town.does(asha, posts.edit, code, NewChallenge("What was said"), now=town.now)
    (told,) = town.told(ben)
    assert "mayor" not in told
    assert "What was said" in told


def test_only_its_author_edits_a_challenge(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    with pytest.raises(errors.NotYours):
        town.does(ben, posts.edit, code, NewChallenge("Mine"), now=town.now)
    assert town.challenge(code).state is ChallengeState.OPEN
