"""`suggest sets`: names, a proposal, moving people about with words, and the sets are made.

Where it stands is kept for an hour: ids and numbers of sets alone, nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.flows import set_form
from bot.flows.effect.sets import SetsConfirmed
from bot.flows.meaning import Command, Meaning, Pressed, Said, Words
from bot.flows.turn import Context, State, Turn
from bot.learning_sets import proposals, suggesting
from bot.learning_sets.naming import parted, plain
from bot.learning_sets.size import SetError, UnusualSize, note_for
from bot.learning_sets.suggesting import Person
from bot.members import Role
from bot.messages import Choice, Text
from bot.wording import leading as words

FLOW = "suggesting"
MOST = 120
"""People seated in a conversation: a proposal for so many takes well under a second."""

_MOVE = re.compile(r"\s*(?:move|put)\s+(.+?)\s+(?:in)?to\s+(?:set\s+)?(\d{1,2})[.!]?\s*", re.I)

Seats = tuple[frozenset[int], ...]


def suggest(context: Context) -> Turn:
    """Asks whom to seat; administrators, who see all names, may say everybody."""
    if not set_form.may_create(context):
        return Turn((Text(words.FOR_FACILITATORS),))
    everybody = (Choice(words.EVERYBODY, "suggest:all"),)
    choices = everybody if context.person.role is Role.ADMINISTRATOR else ()
    return Turn((Text(words.NAMES, choices),), state=State(FLOW, "names"))


def step(state: State, meaning: Meaning, context: Context) -> Turn | None:
    """What is said while sets are suggested; None lets other words and buttons start anew."""
    match meaning:
        case Said(Command.CANCEL):
            return Turn((Text(words.NOT_SUGGESTED),))
        case Pressed("suggest", ("all",)) if context.person.role is Role.ADMINISTRATOR:
            return _proposed(context.lookup.leading.seatable(), 0, context)
        case Pressed("suggest", ("again",)) if state.step == "move":
            seed = int(state.data["seed"]) + 1
            return _proposed(frozenset().union(*_seats(state)), seed, context)
        case Pressed("suggest", ("make",)) if state.step == "move":
            return _made(_seats(state), state, context)
        case Words() if state.step == "names":
            return _named(context)
        case Words():
            return _moved(state, context)
    return None


def _named(context: Context) -> Turn:
    found = [context.lookup.leading.find(name) for name in parted(context.typed or "")]
    unknown = [one.typed for one in found if not one.sure]
    if unknown or not found:
        said = words.unknown(unknown) if unknown else words.NAMES
        return Turn((Text(said),), state=State(FLOW, "names"))
    return _proposed(frozenset(one.member_id for one in found if one.member_id), 0, context)


def _proposed(member_ids: frozenset[int], seed: int, context: Context) -> Turn:
    if len(member_ids) > MOST:
        return Turn((Text(words.TOO_MANY),))
    people = context.lookup.leading.people(member_ids)
    pairs = context.lookup.leading.met(member_ids)
    try:
        groups = suggesting.suggest(people, met=pairs, seed=seed)
    except SetError as refusal:
        return Turn((Text(refusal.sentence),), state=State(FLOW, "names"))
    return _shown(tuple(map(proposals.ids, groups)), seed, context)


def _shown(seats: Seats, seed: int, context: Context, *, before: str = "") -> Turn:
    everybody = frozenset().union(*seats)
    leading = context.lookup.leading
    names, pairs = leading.names_of(everybody), leading.met(everybody)
    people = {int(one.key): one for one in leading.people(everybody)}
    called = leading.free_names(len(seats))
    groups = [
        (name, sorted(names.get(one, "") for one in inside), _why(inside, people, pairs))
        for name, inside in zip(called, seats, strict=True)
    ]
    choices = (Choice(words.MAKE_THEM, "suggest:make"), Choice(words.AGAIN, "suggest:again"))
    said = "\n\n".join(filter(None, (before, words.proposal(groups))))
    data = {str(number): ",".join(map(str, sorted(each))) for number, each in enumerate(seats)}
    state = State(FLOW, "move", {**data, "seed": str(seed), "sets": str(len(seats))})
    return Turn((Text(said, choices),), state=state)


def _why(
    inside: frozenset[int], people: dict[int, Person], pairs: frozenset[frozenset[str]]
) -> str:
    group: Sequence[Person] = [people[one] for one in sorted(inside) if one in people]
    return proposals.line(group, pairs)


def _seats(state: State) -> Seats:
    rows = (state.data[str(number)] for number in range(int(state.data["sets"])))
    return tuple(frozenset(int(one) for one in row.split(",") if one) for row in rows)


def _moved(state: State, context: Context) -> Turn | None:
    found = _MOVE.fullmatch(context.typed or "")
    if found is None:
        return None
    seats, to = _seats(state), int(found[2]) - 1
    names = context.lookup.leading.names_of(frozenset().union(*seats))
    who = [one for one, name in names.items() if plain(name) == plain(found[1])]
    seed = int(state.data["seed"])
    if len(who) != 1 or not 0 <= to < len(seats):
        return _shown(seats, seed, context, before=words.NO_MOVE)
    moved = tuple(
        (each - {who[0]}) | ({who[0]} if number == to else set())
        for number, each in enumerate(seats)
    )
    return _shown(moved, seed, context)


def _made(seats: Seats, state: State, context: Context) -> Turn:
    kept = tuple(each for each in seats if each)
    try:
        for each in kept:
            note_for(None, len(each), kept="", given="")
    except UnusualSize as refusal:
        return _shown(seats, int(state.data["seed"]), context, before=refusal.sentence)
    groups = tuple(zip(context.lookup.leading.free_names(len(kept)), kept, strict=True))
    return Turn((Text(words.confirmed(len(kept))),), (SetsConfirmed(groups),))
