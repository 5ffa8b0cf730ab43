"""Asking: from a question to a card, a short list or an honest miss, and what is said after it."""

from __future__ import annotations

from bot import wording
from bot.flows.effect.asking import Asked, Rated
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Reply, Turn
from bot.messages import Choice, Choices, EntryCard, Text
from bot.questions import Verdict
from bot.wording import trials, trying
from bot.wording.harvest import SOURCE as OURS
from knowledge.entries import EntryView
from knowledge.search import Decision, Finding
from knowledge.small_talk import SmallTalk

MOST_OFFERED = 3
"""Entries offered at once when none is sure: what a person reads at a glance on a phone."""
LONGEST_QUOTE = 200

_SMALL_TALK = {
    SmallTalk.GREETING: wording.GREETING,
    SmallTalk.THANKS: wording.THANKS,
    SmallTalk.GOODBYE: wording.GOODBYE,
    SmallTalk.ACKNOWLEDGEMENT: wording.ACKNOWLEDGED,
    SmallTalk.ABOUT_BOT: wording.ABOUT_ME,
}


def question(context: Context) -> Turn:
    """The answer to words that are no command."""
    finding = context.finding
    if finding is None:
        return Turn((Text(wording.EMPTY),))
    if finding.small_talk is not None:
        return Turn((Text(_SMALL_TALK[finding.small_talk]),))
    asked = Asked(context.ref, finding)
    if finding.language == "cy":
        return Turn((Text(wording.WELSH),), (asked,))
    return Turn((_found(finding, context),), (asked,))


def _found(finding: Finding, context: Context) -> Reply:
    entries = context.lookup.entries(match.entry_id for match in finding.matches[:MOST_OFFERED])
    sure = finding.decision is Decision.ANSWER
    if sure and entries and entries[0].id == finding.matches[0].entry_id:
        return card(entries[0], context.ref, note=_reading(finding))
    if finding.decision is not Decision.MISS and entries:  # or the sure one was just retired
        text = " ".join(filter(None, (_reading(finding), wording.UNSURE)))
        return Choices(text, (*_offers(entries, context.ref), _none_of_these(context.ref)))
    lines = (
        wording.NOTHING_FOUND,
        wording.looked_for(_quoted(finding.understood or finding.text)),
        wording.WORDS_ONLY if context.words_only else "",
        wording.KEPT_FOR_MODERATORS,
    )
    return Text("\n".join(filter(None, lines)), (_peers(context.ref), _themes()))


def card(entry: EntryView, ref: str, *, note: str = "") -> EntryCard:
    """The card of an entry. Without `ref` it was not looked for, so nobody asks if it helped."""
    asked = (
        Choice(wording.HELPED, f"helped:{entry.id}:{ref}"),
        Choice(wording.NOT_MINE, f"not-mine:{entry.id}:{ref}"),
    )
    return EntryCard(
        entry_id=entry.id,
        problem=entry.problem,
        solutions=entry.solutions,
        themes=entry.themes,
        source=wording.dated(entry.source, entry.source_date, own=entry.source == OURS),
        choices=(
            *(asked if ref else ()),
            Choice(wording.MORE_LIKE_THIS, f"more:{entry.id}:{ref}"),
            _peers(ref),
            *((Choice(trying.TRY_ONE, f"try-which:{entry.id}"),) if entry.solutions else ()),
        ),
        note=note,
        numbers=tuple(solution.number for solution in entry.numbered),
        tried=tuple(trials.tried(solution.evidence) for solution in entry.numbered),
    )


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a card or a list does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "card", (entry_id, ref):
            entry = context.lookup.entry(entry_id)
            return Turn((card(entry, ref),)) if entry else _gone()
        case "helped", (entry_id, ref):
            return _rated(entry_id, ref, Verdict.HELPED, context, (Text(wording.GLAD),))
        case "not-mine", (entry_id, ref):
            replies = (_next_best(entry_id, ref, context),)
            return _rated(entry_id, ref, Verdict.NOT_MINE, context, replies)
        case "none", (ref,):
            return Turn((Text(wording.NOTHING_NEARER, (_peers(ref), _themes())),))
        case "more", (entry_id, ref):
            return _more(entry_id, ref, context)
    return None


def why(context: Context) -> Turn:
    """`why`: the reasons behind what was last shown."""
    asked = context.lookup.latest_question()
    if asked is None:
        return Turn((Text(wording.NOTHING_ASKED),))
    most = {Decision.ANSWER: 1, Decision.SUGGEST: MOST_OFFERED, Decision.MISS: 0}
    entries = context.lookup.entries(asked.matches[: most[asked.decision]])
    if not entries:
        return Turn((Text(wording.NOTHING_FITTED, (_peers(asked.ref), _themes())),))
    reasons = (wording.because(one.problem, asked.why.get(one.id, "")) for one in entries)
    return Turn((Text(wording.explained(tuple(reasons)), (_themes(),)),))


def _rated(
    entry_id: str, ref: str, verdict: Verdict, context: Context, replies: tuple[Reply, ...]
) -> Turn:
    entry = context.lookup.entry(entry_id)
    if context.lookup.own_question(ref) is None or entry is None:
        return _gone()
    return Turn(replies, (Rated(ref, entry.id, verdict),))


def _next_best(entry_id: str, ref: str, context: Context) -> Reply:
    asked = context.lookup.own_question(ref)
    refused = context.lookup.entries({entry_id} | (asked.refused if asked else frozenset()))
    left = context.lookup.entries(asked.matches if asked else ())
    entries = tuple(one for one in left if one not in refused)[:MOST_OFFERED]
    if not entries:
        return Text(f"{wording.NOT_MINE_NOTED} {wording.NOTHING_NEARER}", (_peers(ref), _themes()))
    return Choices(wording.NEXT_BEST, (*_offers(entries, ref), _none_of_these(ref)))


def _more(entry_id: str, ref: str, context: Context) -> Turn:
    entry = context.lookup.entry(entry_id)  # the button may be older than a merge
    around = context.lookup.near(entry.id if entry else entry_id)
    near = (match.entry_id for match in around[:MOST_OFFERED])
    entries = context.lookup.entries(near)
    if not entries:
        return Turn((Text(wording.NOTHING_LIKE_IT, (_peers(ref), _themes())),))
    return Turn((Choices(wording.LIKE_IT, (*_offers(entries, ref), _themes())),))


def _gone() -> Turn:
    return Turn((Text(wording.OLD_BUTTON, (_themes(),)),))


def _offers(entries: tuple[EntryView, ...], ref: str) -> tuple[Choice, ...]:
    return tuple(Choice(entry.problem, f"card:{entry.id}:{ref}") for entry in entries)


def _none_of_these(ref: str) -> Choice:
    return Choice(wording.NONE_OF_THESE, f"none:{ref}")


def _peers(ref: str) -> Choice:
    return Choice(wording.ASK_PEERS, f"peers:{ref}")


def _themes() -> Choice:
    return Choice(wording.SEE_THEMES, "themes:0")


def _reading(finding: Finding) -> str:
    """How mistyped words were read, so that nobody wonders at the answer."""
    pairs = ", ".join(f"“{fix.wrong}” as “{fix.right}”" for fix in finding.corrections)
    return wording.corrected(pairs) if pairs else ""


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"
