"""The Chatham House check in a conversation: its author sees what was found, and decides.

Any form that shares words asks with `guarded`: the questions stand in the form while something is
found in the text as it would go out, so that back, skip, a pause and a change of channel work for
them as for all. The name of a question has a digest of the text it is about: where the text is
changed, an earlier decision counts no more and the question is asked anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.drafts import Answers
from bot.flows.turn import Context
from bot.messages import Choice, FieldKind, FormField
from bot.wording import identities as words
from knowledge.redaction import Span

NEUTRAL, KEEP, CHANGE = "neutral", "keep", "change"
_SHORTEST_NAME = 3
"""Letters from which a part of a member's own name gives them away."""
LONGEST_WHOLE = 500
"""Characters of a text that is shown whole; of a longer one, the parts around what was found."""
_AROUND = 50
"""Characters shown on either side of a find in a longer text."""
MOST_PROPOSALS = 8


@dataclass(frozen=True)
class Checked:
    """A text and what in it may give a person or a council away, in order, without overlaps."""

    text: str
    spans: tuple[Span, ...]

    @property
    def clean(self) -> bool:
        return not self.spans

    @property
    def marked(self) -> str:
        """The text with marks around what was found."""
        return self._with(f"{words.OPENS}{self._said(one)}{words.CLOSES}" for one in self.spans)

    @property
    def neutral(self) -> str:
        """The text with the neutral wordings."""
        return self._with(one.neutral for one in self.spans)

    @property
    def proposals(self) -> tuple[tuple[str, str], ...]:
        """What was found and what could stand there, each pair once."""
        return tuple(dict.fromkeys((self._said(one), one.neutral) for one in self.spans))

    def told(self) -> str:
        """The marked text and what could stand there, as its author is shown them."""
        return words.found(
            self.excerpt(),
            self.proposals[:MOST_PROPOSALS],
            more=max(0, len(self.proposals) - MOST_PROPOSALS),
        )

    def holds(self, name: str) -> bool:
        """Whether somebody of that name is named in it, by all or by a part of the name."""
        parts = {part for part in _words(name) if len(part) >= _SHORTEST_NAME}
        return any(parts & _words(self._said(one)) for one in self.spans)

    def excerpt(self) -> str:
        """The marked text, of a long one the parts around what was found."""
        if len(self.text) <= LONGEST_WHOLE:
            return self.marked
        shown = self.spans[:MOST_PROPOSALS]
        return " ".join(
            f"…{self.text[max(0, one.start - _AROUND) : one.start]}{words.OPENS}{self._said(one)}"
            f"{words.CLOSES}{self.text[one.end : one.end + _AROUND]}…"
            for one in shown
        )

    def _said(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _with(self, instead: Iterator[str]) -> str:
        parts, at = [], 0
        for span, words_there in zip(self.spans, instead, strict=True):
            parts += [self.text[at : span.start], words_there]
            at = span.end
        return "".join((*parts, self.text[at:]))


@dataclass(frozen=True)
class Guarded:
    """A text as it would go out now, and the questions its author is asked on the way there."""

    text: str
    fields: tuple[FormField, ...] = ()


def checked(text: str, context: Context) -> Checked:
    """What in the text may give somebody away: members' names among them."""
    return Checked(text, context.lookup.identifiers(text))


def guarded(field: FormField, answers: Answers, context: Context, *, about: str) -> Guarded:
    """The answer to `field` as it would go out, and the questions about it; none where it is clean.

    `about` says whose text it is: "the problem". Give `fields` in the form's own, after `field`,
    and send `text` in the end: both follow from the same answers.
    """
    text = answers.one(field.name)
    asked: list[FormField] = []
    while not (found := checked(text, context)).clean:
        round_ = f"{len(asked) // 2 + 1}-{digest(text)}"
        guard = _guard(field, found, f"{field.name}-names-{round_}", about)
        asked.append(guard)
        decided = answers.one(guard.name)
        if decided == KEEP and found.holds(context.lookup.own_name()):
            sure = _sure(field, found, f"{field.name}-sure-{round_}")
            asked.append(sure)
            decided = answers.one(sure.name)
        if decided == NEUTRAL:
            return Guarded(found.neutral, tuple(asked))
        if decided != CHANGE:
            break
        again = _again(field, f"{field.name}-again-{round_}", about)
        asked.append(again)
        if again.name not in answers:
            break
        text = answers.one(again.name)
    return Guarded(text, tuple(asked))


def _guard(field: FormField, found: Checked, name: str, about: str) -> FormField:
    fits = len(found.neutral) <= field.longest
    hint = found.told()
    return FormField(
        name,
        words.guard(about),
        hint if fits else f"{hint}\n{words.NO_ROOM}",
        FieldKind.CHOICE,
        (
            *((Choice(words.NEUTRAL, NEUTRAL),) if fits else ()),
            Choice(words.KEEP, KEEP),
            Choice(words.CHANGE, CHANGE),
        ),
        required=True,
    )


def _sure(field: FormField, found: Checked, name: str) -> FormField:
    """A second question to whoever would name themselves: once it is sent, others know it.

    What names them stands first, so that the number that brought the question up does not.
    """
    choices = (
        Choice(words.SEND_NAMED, KEEP),
        *((Choice(words.NEUTRAL, NEUTRAL),) if len(found.neutral) <= field.longest else ()),
        Choice(words.CHANGE, CHANGE),
    )
    return FormField(name, words.SURE_TO_BE_NAMED, "", FieldKind.CHOICE, choices, required=True)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _again(field: FormField, name: str, about: str) -> FormField:
    question = words.again(about)
    return replace(field, name=name, question=question, required=True, values=(), problem="")


def digest(text: str) -> str:
    """A few letters that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
