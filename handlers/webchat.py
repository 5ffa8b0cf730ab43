"""The web chat: signing in, the page with the conversation, and the messages that it sends."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import inbox, invitations, members, messages, outbox
from bot.app import Network
from bot.delivery import Delivery, Receipt
from bot.learning_sets import keepers
from bot.members import Member
from bot.messages import Channel, Form, Inbound
from bot.settings import Settings
from handlers import clock, sessions, webchat_form
from handlers.links import Links
from handlers.page_edge import PageEdge, refused, wants_json
from handlers.pages import page, static_files
from handlers.refusals import BadForm, NotSignedIn, Refusal, ReusedId, SpentLink, Unavailable
from handlers.web_forms import Pairs, read_pairs
from handlers.webchat_render import as_html, latest, turns
from knowledge.database import DatabaseUnavailable

SEE_OTHER = 303
CONVERSATION = "/#latest"
"""Where a browser without scripts lands after it posted: at what was said last."""


class WebSender:
    """Sends to the web by doing nothing: the page fetches what is new."""

    def send(self, delivery: Delivery) -> Receipt:  # noqa: ARG002
        return Receipt("")

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002
        return None


@dataclass(frozen=True)
class Answer:
    """What answered one message so far; `pending` while it waits behind an older one."""

    deliveries: tuple[Delivery, ...]
    pending: bool


def address(member: Member) -> str:
    return f"member:{member.id}"


def inbound_from(pairs: Pairs, member: Member) -> Inbound:
    """The message in what was posted. Raises BadForm."""
    form, filled = dict(pairs), webchat_form.read(pairs)
    text, choice = form.get("text"), form.get("choice")
    if choice is not None or filled is not None:
        text = form.get("label") or text or choice
        if choice == "" or max(len(choice or ""), len(text or "")) > messages.LONGEST_QUESTION:
            raise BadForm
    if text is None:
        raise BadForm
    number = f"{member.id}:{_message_id(form)}"
    return Inbound(
        channel=Channel.WEB,
        provider_id=f"{number}:{webchat_form.digest(filled)}" if filled else number,
        address=address(member),
        text=text,
        choice=choice if filled is None else None,
        filled=filled,
    )


def _message_id(form: Mapping[str, str]) -> uuid.UUID:
    given = form.get("id", "")
    try:
        parsed = uuid.UUID(given)
    except ValueError as error:
        raise BadForm from error
    if str(parsed) != given.lower():
        raise BadForm
    return parsed


class WebChat:
    """The views. Starlette runs the plain ones in threads, so they may wait for the database."""

    def __init__(self, network: Network, settings: Settings) -> None:
        self._network = network
        self._zone = ZoneInfo(settings.timezone)
        self._links = Links("", settings)

    def conversation(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            member = sessions.signed_in(request, session)
            if member is None:
                return page("welcome.html")
            deliveries = outbox.transcript(session, Channel.WEB, address(member))
            number, enters = member.id, keepers.looks_after(session, member)
        shown = turns(self._whole(deliveries), self._zone, self._open(address(member)))
        return page(
            "chat.html",
            member=number,
            enters=enters,
            turns=shown,
            latest=latest(shown),
            last=_last(deliveries),
            waiting="waiting" in request.query_params,
        )

    def updates(self, request: Request) -> Response:
        after = request.query_params.get("after", "")
        with self._network.database.reading() as session:
            member = sessions.signed_in(request, session)
            if member is None:
                raise NotSignedIn
            deliveries = outbox.transcript(session, Channel.WEB, address(member), after=after)
        return self._as_json(Answer(deliveries, pending=False), address(member), after)

    def _whole(self, deliveries: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
        return tuple(map(self._links.whole, deliveries))

    def _open(self, address: str) -> tuple[Form, ...]:
        return self._network.open_forms(Channel.WEB, address, now=clock.now())

    async def message(self, request: Request) -> Response:
        pairs = await read_pairs(request)
        return await run_in_threadpool(self._said, request, pairs)

    def _said(self, request: Request, pairs: Pairs) -> Response:
        try:
            return self._answered(request, pairs)
        except (DatabaseUnavailable, Refusal) as error:
            refusal = error if isinstance(error, Refusal) else Unavailable()
            if wants_json(request):
                return refused(request, refusal)
            return _not_sent(request, pairs, refusal)

    def _answered(self, request: Request, pairs: Pairs) -> Response:
        with self._network.database.reading() as session:
            member = sessions.signed_in(request, session)
        if member is None:
            raise NotSignedIn
        inbound = inbound_from(pairs, member)
        answer = self._answer(inbound)
        if wants_json(request):
            return self._as_json(answer, inbound.address, gone=self._is_gone(request))
        if answer.pending:
            return RedirectResponse("/?waiting=1#waiting", SEE_OTHER)
        if self._is_gone(request):
            shown = turns(self._whole(answer.deliveries), self._zone)
            return page("goodbye.html", turns=shown, latest="")
        return RedirectResponse(CONVERSATION, SEE_OTHER)

    def _answer(self, inbound: Inbound) -> Answer:
        """Raises ReusedId where the same id came before with other words, which would be lost."""
        inbox_id = self._network.keep(inbound, now=clock.now())
        self._network.handle(inbox_id, now=clock.now())
        self._network.answer_here(inbox_id, now=clock.now())
        # Also those that the worker saw to, after a request that broke off.
        deliveries = self._network.answers(inbox_id)
        if deliveries and deliveries[0].prompt not in {None, messages.clean(inbound.text)}:
            raise ReusedId
        with self._network.database.reading() as session:
            pending = inbox.oldest_beside(session, inbox_id) is not None
        return Answer(deliveries, pending)

    def _is_gone(self, request: Request) -> bool:
        """Whether the member has just had themselves forgotten."""
        with self._network.database.reading() as session:
            return sessions.signed_in(request, session) is None

    def _as_json(
        self, answer: Answer, address: str, before: str = "", *, gone: bool = False
    ) -> Response:
        forms = self._open(address)
        return JSONResponse(
            {
                "html": as_html(self._whole(answer.deliveries), self._zone, forms),
                "forms": [form.ref for form in forms],
                "last": _last(answer.deliveries) or before,
                "pending": answer.pending,
                "gone": gone,
            }
        )

    def show_link(self, request: Request) -> Response:
        """Spends nothing: chat programs fetch a link to preview it."""
        token = str(request.path_params["token"])
        with self._network.database.reading() as session:
            if not invitations.usable(session, token, now=clock.now()):
                raise SpentLink
        return page("sign_in.html")

    def sign_in(self, request: Request) -> Response:
        token = str(request.path_params["token"])
        with self._network.database.writing() as session:
            try:
                member = invitations.sign_in(session, token, now=clock.now())
            except invitations.NotUsable as error:
                raise SpentLink from error
            members.connect(session, member, Channel.WEB, address(member), now=clock.now())
        sessions.sign_in(request, member)
        return RedirectResponse("/", SEE_OTHER)


def sign_out(request: Request) -> Response:
    sessions.sign_out(request)
    return RedirectResponse("/", SEE_OTHER)


def back_to_conversation(request: Request) -> Response:  # noqa: ARG001
    return RedirectResponse("/", SEE_OTHER)


def _last(deliveries: tuple[Delivery, ...]) -> str:
    return deliveries[-1].ref if deliveries else ""


def _not_sent(request: Request, pairs: Pairs, refusal: Refusal) -> Response:
    """The member's words once more, ready to be sent again, for a browser without scripts."""
    if isinstance(refusal, NotSignedIn):
        return RedirectResponse("/", SEE_OTHER)
    form = dict(pairs)
    text, choice = form.get("text", ""), form.get("choice", "")
    answers = _to_repeat(pairs)
    if not (text or choice or answers):
        return refused(request, refusal)
    # An id that may have been kept goes again, so that nothing is said twice.
    same = form.get("id") if isinstance(refusal, Unavailable) else None
    return page(
        "unsent.html",
        status=refusal.status,
        sentence=refusal.sentence,
        text=text,
        choice=choice,
        answers=answers,
        label=form.get("label") or text or choice,
        id=same or str(uuid.uuid4()),
    )


def _to_repeat(pairs: Pairs) -> Pairs:
    """All of a form that was handed in but its id; nothing where it was none."""
    is_form = any(name == webchat_form.REF for name, _ in pairs)
    return tuple(pair for pair in pairs if pair[0] != "id") if is_form else ()


def routes(network: Network, settings: Settings) -> list[BaseRoute]:
    chat = WebChat(network, settings)
    edge = [Middleware(PageEdge, address=settings.address)]
    return [
        Route("/", chat.conversation, middleware=edge),
        Route("/chat/messages", chat.message, methods=["POST"], middleware=edge),
        Route("/chat/messages", back_to_conversation, middleware=edge),
        Route("/chat/updates", chat.updates, middleware=edge),
        Route("/sign-in/{token}", chat.show_link, middleware=edge),
        Route("/sign-in/{token}", chat.sign_in, methods=["POST"], middleware=edge),
        Route("/sign-out", sign_out, methods=["POST"], middleware=edge),
        static_files(),
    ]
