"""The Chatham House check of words about to be shared: shown, and the author's to decide."""

from __future__ import annotations

import pytest

from bot import conversation
from bot.drafts import Answers
from bot.flows import form
from bot.flows.identities import guarded
from bot.flows.meaning import Command
from bot.flows.plan import FormPlan
from bot.flows.plans import PLANS
from bot.flows.turn import Context, Turn
from bot.messages import FieldKind, FormField, Text
from bot.wording import identities as words
from tests.officer import Officer

ABOUT = "your reply"
FIELD = FormField("reply", "What worked?", kind=FieldKind.LINES, required=True, longest=120)
LAST = FormField("last", "Anything else?")


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    return (FIELD, *guarded(FIELD, answers, context, about=ABOUT).fields, LAST)


def _finish(answers: Answers, context: Context) -> Turn:
    return Turn((Text(f"Sent: {guarded(FIELD, answers, context, about=ABOUT).text}"),))


PLAN = FormPlan("guarded", "A reply", "your reply", _fields, _finish)


@pytest.fixture(autouse=True)
def _form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLANS, PLAN.name, PLAN)
    monkeypatch.setitem(
        conversation._COMMANDS, Command.POST, lambda _, context: form.start(PLAN, context)
    )


def _written(officer: Officer, text: str) -> None:
    officer.says("post")
    officer.says(text)


def test_clean_words_bring_up_no_question(asha: Officer) -> None:
    _written(asha, "We met the owners every month.")
    assert asha.told == [LAST.question]
    asha.says("skip")
    assert asha.told == ["Sent: We met the owners every month."]


def test_what_was_found_is_marked_with_a_wording_for_it(asha: Officer) -> None:
    _written(asha, "Ask Asha, she rang Leeds City Council.")
    asked = asha.form.asked
    assert asked.question == words.guard(ABOUT)
    assert "Ask «Asha», she rang «Leeds City Council»." in asked.hint
    assert "«Asha»: I would write “a colleague”" in asked.hint
    assert asha.labels == [words.NEUTRAL, words.KEEP, words.CHANGE]


def test_the_author_takes_the_neutral_wording(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.presses(words.NEUTRAL)
    asha.says("skip")
    assert asha.told == ["Sent: Ask a colleague about it."]


def test_the_author_keeps_it(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.says("2")
    assert asha.told == [words.SURE_TO_BE_NAMED]
    assert asha.labels == [words.SEND_NAMED, words.NEUTRAL, words.CHANGE]
    asha.says("1")
    asha.says("skip")
    assert asha.told == ["Sent: Ask Asha about it."]


def test_the_same_number_twice_names_nobody(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.says("2")
    asha.says("2")
    asha.says("skip")
    assert asha.told == ["Sent: Ask a colleague about it."]


def test_whoever_would_name_themselves_can_still_write_it_anew(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.says("2")
    asha.presses(words.CHANGE)
    assert asha.told == [words.again(ABOUT)]
    asha.says("Ask me about it.")
    asha.says("skip")
    assert asha.told == ["Sent: Ask me about it."]


def test_only_ones_own_name_is_asked_about_twice(asha: Officer) -> None:
    _written(asha, "She rang Leeds City Council.")
    asha.says("2")
    assert asha.told == [LAST.question]


def test_the_author_writes_it_again_and_the_new_words_are_checked_too(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.says("change it")
    assert asha.told == [words.again(ABOUT)]
    asha.says("Ask Leeds City Council about it.")
    assert "«Leeds City Council»" in asha.form.asked.hint
    asha.says("change it")
    asha.says("Ask Asha about it.")  # the first words again: asked about again, no end in itself
    asha.says("change it")
    asha.says("Ask around.")
    asha.says("skip")
    assert asha.told == ["Sent: Ask around."]


def test_gone_back_to_and_changed_an_earlier_decision_counts_no_more(asha: Officer) -> None:
    _written(asha, "Ask Asha about it.")
    asha.says("keep as written")
    asha.says("back")
    asha.says("back")
    asha.says("Ask Asha or Leeds City Council about it.")
    assert "«Leeds City Council»" in asha.form.asked.hint


def test_neutral_words_that_would_not_fit_are_not_offered(asha: Officer) -> None:
    _written(asha, "We rang Asha. " * 8)
    assert asha.labels == [words.KEEP, words.CHANGE]
    assert words.NO_ROOM in asha.form.asked.hint


def test_of_a_long_text_the_parts_around_what_was_found_are_shown(
    asha: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flows.identities.LONGEST_WHOLE", 40)
    _written(asha, "We have met. " * 4 + "Then Asha rang. " + "We will meet. " * 3)
    assert "…" in asha.form.asked.hint
    assert "«Asha»" in asha.form.asked.hint
