"""Reading challenges: the list of those that are open to a member, and one with its replies."""

from __future__ import annotations

from bot.challenges.models import ChallengeState, ReplyKind, ReplyState
from bot.challenges.views import ChallengeView, Line, ReplyView
from bot.days import HOME
from bot.flows import ask
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Turn
from bot.messages import Choice, Choices, Text, Whose
from bot.wording import challenges as wording
from bot.wording import threads as words
from knowledge.search import Decision, Finding

PAGE = 8
"""Challenges on a page: with "more" they stay within what one message can offer."""
REPLIES = 3
"""Replies on a page: with the six things to do and "more" that makes ten."""


def challenges(context: Context, start: int = 0) -> Turn:
    """`challenges`: the member's own that are open, those of others, their own that are over."""
    threads = context.lookup.threads
    mine = threads.mine()
    ours = [(one, True) for one in mine if one.state is ChallengeState.OPEN]
    others = [(one, False) for one in threads.open_to_me()]
    over = [(one, True) for one in mine if one.state is not ChallengeState.OPEN]
    lines = [*ours, *others, *over]
    if not lines:
        return Turn((Text(words.NO_CHALLENGES),))
    start = start if start < len(lines) else 0
    page = lines[start : start + PAGE]
    choices = [_line(one, mine=is_mine) for one, is_mine in page]
    quotes = tuple(whose for one, _ in page for whose in one.quotes)
    if len(lines) > start + PAGE:
        choices.append(Choice(words.MORE_CHALLENGES, f"challenges:{start + PAGE}"))
    elif start:
        choices.append(Choice(words.FIRST_CHALLENGES, "challenges:0"))
    return Turn((Choices(words.CHALLENGES, tuple(choices), quotes=quotes),))


def _line(one: Line, *, mine: bool) -> Choice:
    label = words.line(
        one.code, one.problem, one.replies, mine=mine, state=one.state, set_only=one.set_only
    )
    return Choice(label, f"show:{one.code}")


def show(code: str, context: Context, start: int = 0, *, bare: bool = False) -> Turn:
    """One challenge with its replies. A `bare` code that is none may be a question after all."""
    view = context.lookup.threads.view(code)
    if view is not None and view.state is ChallengeState.WITHDRAWN:
        return Turn((Text(words.withdrawn(view.code), (see_challenges(),)),))
    if view is not None:
        told, choices = _told(view, context, start), _choices(view, start)
        return Turn((Text(told, choices, quotes=_quotes(view, start)),))
    if bare and context.finding is not None and _fits(code, context.finding):
        return ask.question(context)
    return no_such_challenge(code)


def _fits(word: str, finding: Finding) -> bool:
    """Whether an entry has the word itself: one that is only near in meaning is none of its own."""
    if finding.decision is Decision.ANSWER:
        return True
    reasons = [match.why for match in finding.matches[: ask.MOST_OFFERED]]
    shared = {said.casefold() for why in reasons for said in why.words}
    meant = {one.term.casefold() for why in reasons for one in why.also_means}
    return finding.decision is Decision.SUGGEST and word.casefold() in shared | meant


def no_such_challenge(code: str) -> Turn:
    """The same for whatever cannot be seen and whatever was never there."""
    return Turn((Text(wording.no_such_challenge(code), (see_challenges(),)),))


def see_challenges() -> Choice:
    return Choice(words.SEE_CHALLENGES, "challenges:0")


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a list or of a thread does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "challenges", (start,) if start.isdecimal():
            return challenges(context, int(start))
        case "show", (code,):
            return show(code, context)
        case "thread", (code, start) if start.isdecimal():
            return show(code, context, int(start))
        case "replied", (ref,):
            return one_reply(ref, context)
    return None


def _told(view: ChallengeView, context: Context, start: int) -> str:
    parts = [
        words.challenge(
            view.code,
            view.label,
            view.problem,
            view.context,
            view.tried,
            view.themes,
            mine=view.mine,
            state=view.state,
            set_only=view.visibility.value == "set",
            edited=view.edited_at is not None,
        )
        if not start
        else "",
        _progress(view, context) if view.mine and not start else "",
        _replies(view, start),
        words.MUTED if view.muted else words.FOLLOWS if view.follows and not view.mine else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _quotes(view: ChallengeView, start: int) -> tuple[Whose, ...]:
    shown = view.replies[start : start + REPLIES]
    return (*(() if start else view.quotes), *(whose for one in shown for whose in one.quotes))


def _progress(view: ChallengeView, context: Context) -> str:
    """What became of the author's question so far."""
    if view.state is not ChallengeState.OPEN:
        return ""
    known = context.lookup.threads.progress(view.code)
    return wording.progress(
        asked=known.asked,
        replies=known.replies,
        same=known.same,
        more=known.next_size,
        moderators_next=known.next_circle is not None and known.next_circle.value == "moderators",
        with_moderators=known.with_moderators,
        when=known.next_at.astimezone(HOME) if known.next_at is not None else None,
    )


def _replies(view: ChallengeView, start: int) -> str:
    shown = view.replies[start : start + REPLIES]
    if not shown:
        return words.NOBODY_YET if view.state is ChallengeState.OPEN and not view.mine else ""
    told = [_reply(number, one) for number, one in enumerate(shown, start + 1)]
    paged = len(view.replies) > REPLIES
    return "\n\n".join(
        [words.pages(start, len(shown), len(view.replies)), *told] if paged else told
    )


def _reply(number: int, one: ReplyView) -> str:
    corrected = one.state is ReplyState.CORRECTED
    return words.reply(
        number, one.label, one.kind, one.text, one.helped, mine=one.mine, corrected=corrected
    )


def _choices(view: ChallengeView, start: int) -> tuple[Choice, ...]:
    shown = view.replies[start : start + REPLIES]
    to_replies = [
        Choice(words.about_reply(number, one.label, mine=one.mine), f"replied:{one.ref}")
        for number, one in enumerate(shown, start + 1)
    ]
    more = len(view.replies) > start + REPLIES
    turning = [Choice(words.MORE_REPLIES, f"thread:{view.code}:{start + REPLIES}")] if more else []
    if start and not more:
        turning = [Choice(words.FIRST_REPLIES, f"thread:{view.code}:0")]
    doing = _authors(view) if view.mine else _helpers(view)
    return (*doing, *to_replies, *turning)


def _authors(view: ChallengeView) -> tuple[Choice, ...]:
    code = view.code
    is_open = view.state is ChallengeState.OPEN
    turning = (
        (
            Choice(words.WRITE, f"reply:{code}"),
            Choice(words.EDIT, f"edit:{code}"),
            Choice(words.CLOSE, f"close:{code}"),
        )
        if is_open
        else (Choice(words.REOPEN, f"reopen:{code}"),)
    )
    return (*turning, Choice(words.WITHDRAW, f"withdraw:{code}"), _quiet(view))


def _helpers(view: ChallengeView) -> tuple[Choice, ...]:
    code = view.code
    helping = (
        Choice(wording.ASK_BACK, f"question:{code}"),
        Choice(wording.OFFER, f"offer:{code}"),
        Choice(wording.SAME, f"same:{code}"),
    )
    follows = (
        Choice(words.UNFOLLOW, f"unfollow:{code}")
        if view.follows
        else Choice(wording.FOLLOW, f"follow:{code}")
    )
    report = Choice(words.REPORT, f"report:{code}")
    is_open = view.state is ChallengeState.OPEN
    return (*(helping if is_open else ()), follows, _quiet(view), report)


def _quiet(view: ChallengeView) -> Choice:
    if view.muted:
        return Choice(words.UNMUTE, f"unmute:{view.code}")
    return Choice(wording.MUTE, f"mute:{view.code}")


def one_reply(ref: str, context: Context) -> Turn:
    """One reply, and what this member can do with it."""
    found = context.lookup.threads.with_reply(ref)
    if found is None:
        return Turn((Text(wording.NO_SUCH_REPLY, (see_challenges(),)),))
    view, one = found
    number = view.replies.index(one) + 1
    show_all = Choice(wording.SHOW, f"show:{view.code}")
    told = words.one_reply(view.code, _reply(number, one))
    return Turn((Text(told, (*_with_reply(view, one), show_all), quotes=one.quotes),))


def _with_reply(view: ChallengeView, one: ReplyView) -> tuple[Choice, ...]:
    if one.mine:
        return own_reply_choices(one.ref)
    helped = Choice(wording.HELPED, f"helped:{one.ref}")
    useful: tuple[Choice, ...] = (Choice(wording.TRY, f"try:{one.ref}"), helped)
    if one.kind is ReplyKind.QUESTION:
        useful = (helped,)
    if one.kind is ReplyKind.AUTHOR:
        useful = ()
    solvable = view.mine and view.state in (ChallengeState.OPEN, ChallengeState.CLOSED)
    solved = (Choice(wording.SOLVED, f"solved:{one.ref}"),) if solvable else ()
    is_open = view.state is ChallengeState.OPEN
    answer = (Choice(wording.ANSWER, f"reply:{view.code}"),) if is_open else ()
    return (*useful, *solved, *answer, Choice(words.REPORT, f"report:{view.code}:{one.ref}"))


def own_reply_choices(ref: str) -> tuple[Choice, ...]:
    return Choice(words.CORRECT, f"correct:{ref}"), Choice(words.TAKE_BACK, f"take-back:{ref}")
