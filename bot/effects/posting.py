"""Posts challenges and changes them, and tells their author what happens next."""

from __future__ import annotations

from typing import assert_never

from bot.challenges import circle, followers, gate, posts
from bot.effects.acting import Acting, Made
from bot.flows.effect.posting import Changed, Followed, Posted, PostingEffect
from bot.learning_sets import sets
from bot.messages import Choice, Text
from bot.wording import challenges as notices
from bot.wording import posting as words


def make(effect: PostingEffect, acting: Acting) -> Made:
    """Raises ChallengeError where it is refused."""
    viewer = sets.viewer(acting.session, acting.member)
    match effect:
        case Posted():
            return _posted(effect, viewer, acting)
        case Changed(code, new):
            posts.edit(acting.session, viewer, code, new, now=acting.now)
            return Made((Text(words.changed(code), _of_own(code)),))
        case Followed(code):
            followers.same(acting.session, viewer, code, now=acting.now)
            show = Choice(notices.SHOW, f"show:{code}")
            return Made((Text(words.followed_instead(code), (show,)),))
        case _:
            assert_never(effect)


def _posted(effect: Posted, viewer: gate.Viewer, acting: Acting) -> Made:
    session, routing, now = acting.session, acting.rules.routing, acting.now
    code = posts.post(session, viewer, effect.new, key=effect.key, routing=routing, now=now)
    so_far = circle.progress(session, gate.seen(session, viewer, code))
    at = so_far.next_at
    text = words.posted(
        code,
        asked=so_far.asked,
        to=effect.to,
        more=so_far.next_size,
        first=so_far.next_circle is not None and so_far.asked == 0,
        when=at.astimezone(routing.zone) if at is not None else None,
    )
    return Made((Text(text, _of_own(code)),))


def _of_own(code: str) -> tuple[Choice, ...]:
    return (Choice(notices.SHOW, f"show:{code}"), Choice(words.EDIT, f"edit:{code}"))
