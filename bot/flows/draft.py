"""A draft of an entry as a moderator sees it, and what they do about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drafts import Answers
from bot.flows import form
from bot.flows.effect.harvest import Merged, Published, Rejected, Reworded
from bot.flows.meaning import Pressed
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Reply, Turn, moderates
from bot.messages import MOST_CHOICES, Choice, Choices, FieldKind, FormField, Text, Whose
from bot.publishing import PROBLEM
from bot.wording import LATER, MODERATORS_ONLY
from bot.wording import review as words
from knowledge.curation.content import Content
from knowledge.curation.difference import Part
from knowledge.curation.identities import MarkedText
from knowledge.entries import EntryView
from knowledge.redaction import Span

MOST_DUPLICATES = 2
LONGEST_PROBLEM = 300
LONGEST_SOLUTION = 2_000
_LEAVE_OUT = "without-"


@dataclass(frozen=True)
class ReviewedDraft:
    """A draft that waits. `themes` are names, `found` what may give somebody away."""

    entry_id: str
    content: Content
    duplicates: tuple[EntryView, ...]
    themes: tuple[str, ...]
    found: tuple[MarkedText, ...]
    quotes: tuple[Whose, ...]


def shown(draft: ReviewedDraft) -> tuple[Reply, ...]:
    """The draft with what may give somebody away marked in it, and what can be done with it."""
    said = {(one.part, one.solution_id): _marked(one) for one in draft.found}
    content = draft.content
    text = words.draft(
        said.get((Part.PROBLEM, None), content.problem),
        [said.get((Part.SOLUTION, one.id), one.text) for one in content.shown],
        draft.themes,
        said.get((Part.SOURCE, None), content.source),
    )
    notes = (
        words.neutral(_wordings(draft.found)) if draft.found else "",
        words.near([one.problem for one in draft.duplicates]) if draft.duplicates else "",
    )
    told = "\n\n".join(filter(None, (text, *notes)))
    return (Choices(told, _choices(draft), quotes=draft.quotes),)


def _choices(draft: ReviewedDraft) -> tuple[Choice, ...]:
    named = f"{draft.entry_id}:{draft.content.version}"
    how = "neutral" if draft.found else "plain"
    neutral = Choice(words.PUBLISH_NEUTRAL, f"draft:publish:{named}:neutral")
    plain = words.PUBLISH_AS_IT_IS if draft.found else words.PUBLISH
    return (
        *((neutral,) if draft.found else ()),
        Choice(plain, f"draft:publish:{named}:plain"),
        *(
            Choice(
                words.merge_into(one.problem, neutral=bool(draft.found)),
                f"draft:merge:{named}:{how}:{one.id}",
            )
            for one in draft.duplicates[:MOST_DUPLICATES]
        ),
        Choice(words.EDIT, f"draft:edit:{named}"),
        Choice(LATER, f"draft:later:{draft.entry_id}"),
        Choice(words.REJECT, f"draft:reject:{draft.entry_id}"),
    )


def done(press: Pressed) -> tuple[str, Published | Merged, str] | None:
    """What a press settles: the draft's id, the effect, and what is said of it."""
    match press.arguments:
        case ("publish", entry_id, seen, "neutral" | "plain" as how):
            return entry_id, Published(entry_id, seen, how == "neutral"), words.PUBLISHED
        case ("merge", entry_id, seen, "neutral" | "plain" as how, into):
            return entry_id, Merged(entry_id, seen, into, how == "neutral"), words.MERGED
    return None


def opened(press: Pressed, context: Context) -> Turn | None:
    """The buttons that show a draft again, or begin a form about it."""
    match press.arguments:
        case ("show", entry_id):
            return _again(entry_id, context)
        case ("edit", entry_id, seen):
            if context.lookup.draft_entry(entry_id) is None:
                return Turn((Text(words.DRAFT_SETTLED),))
            return form.start(EDIT, context, about=f"{entry_id}:{seen}")
        case ("reject", entry_id):
            if context.lookup.draft_entry(entry_id) is None:
                return Turn((Text(words.DRAFT_SETTLED),))
            return form.start(REJECT, context, about=entry_id)
    return None


def _again(entry_id: str, context: Context) -> Turn:
    found = reviewed(entry_id, context)
    return Turn(shown(found) if found else (Text(words.DRAFT_SETTLED),))


def reviewed(entry_id: str, context: Context) -> ReviewedDraft | None:
    found = context.lookup.draft_entry(entry_id)
    if found is None:
        return None
    names = {theme.id: theme.name for theme in context.lookup.themes()}
    return ReviewedDraft(
        entry_id,
        found.content,
        found.duplicates,
        tuple(names[one] for one in found.content.themes if one in names),
        context.lookup.found_in(found.content),
        context.lookup.whose(entry_id),
    )


def _marked(one: MarkedText) -> str:
    text = one.text
    for span in sorted(one.spans, key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}{words.mark(_said(one, span))}{text[span.end :]}"
    return text


def _wordings(found: tuple[MarkedText, ...]) -> list[tuple[str, str]]:
    pairs = ((_said(one, span), span.neutral) for one in found for span in one.spans)
    return list(dict.fromkeys(pairs))


def _said(one: MarkedText, span: Span) -> str:
    return one.text[span.start : span.end]


# The forms: one part of a draft at a time, and the reason why it is rejected.


def _edit_fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    entry_id, _, _ = answers.about.partition(":")
    found = context.lookup.draft_entry(entry_id)
    part = answers.one("part")
    current = _current(found.content, part) if found is not None else ""
    parts = _parts(found.content) if found else (Choice(words.THE_PROBLEM, PROBLEM),)
    which = FormField(
        "part",
        words.WHICH_PART,
        kind=FieldKind.CHOICE,
        choices=parts,
        required=True,
    )
    reads = FormField(
        "words",
        words.NEW_WORDS,
        words.reads_now(current) if current else words.KEEP_IT_NEUTRAL,
        kind=FieldKind.LINES,
        required=True,
        longest=LONGEST_PROBLEM if part == PROBLEM else LONGEST_SOLUTION,
        quotes=context.lookup.whose(entry_id) if current else (),
    )
    return (which,) if not part or part.startswith(_LEAVE_OUT) else (which, reads)


def _parts(content: Content) -> tuple[Choice, ...]:
    numbered = list(enumerate(content.shown, 1))
    parts = (
        Choice(words.THE_PROBLEM, PROBLEM),
        *(Choice(words.solution_part(number), str(one.id)) for number, one in numbered),
        *(
            Choice(words.leave_out_part(number), f"{_LEAVE_OUT}{one.id}")
            for number, one in numbered
            if len(numbered) > 1
        ),
    )
    return parts[:MOST_CHOICES]


def _current(content: Content, part: str) -> str:
    if part == PROBLEM:
        return content.problem
    return next((one.text for one in content.shown if str(one.id) == part), "")


def _edit(answers: Answers, context: Context) -> Turn:
    if not moderates(context):
        return Turn((Text(MODERATORS_ONLY),))
    entry_id, _, seen = answers.about.partition(":")
    part = answers.one("part").removeprefix(_LEAVE_OUT)
    reworded = Reworded(entry_id, seen, part, answers.one("words"))
    again = Choice(words.SHOW_DRAFT, f"draft:show:{entry_id}")
    return Turn((Text(words.REWORDED, (again,)),), (reworded,))


def _reject_fields(_answers: Answers, _context: Context) -> tuple[FormField, ...]:
    why = FormField(
        "why",
        words.WHY_REJECT,
        words.FOR_THE_RECORD,
        kind=FieldKind.LINES,
        required=True,
        longest=500,
    )
    return (why,)


def _reject(answers: Answers, context: Context) -> Turn:
    if not moderates(context):
        return Turn((Text(MODERATORS_ONLY),))
    return Turn((Text(words.REJECTED),), (Rejected(answers.about, answers.one("why")),))


EDIT = FormPlan("edit-draft", words.EDIT_TITLE, words.EDIT_CALLED, _edit_fields, _edit)
REJECT = FormPlan("reject-draft", words.REJECT_TITLE, words.REJECT_CALLED, _reject_fields, _reject)
