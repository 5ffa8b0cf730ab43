"""Golden files: what a renderer made of each message, read by a person.

REWRITE_GOLDEN=1 in the environment writes them anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from bot.messages import (
    Choice,
    Choices,
    EntryCard,
    FieldKind,
    Form,
    FormField,
    Link,
    Outgoing,
    Text,
)

FOLDER = Path(__file__).parent / "golden"

NEXT_STEPS = (
    Choice("This helped", "helped:a1:board"),
    Choice("Not my question", "other:a1:board"),
    Choice("More like this", "more:a1:board"),
    Choice("Ask my peers", "peers:a1"),
)
CARD = EntryCard(
    entry_id="board",
    problem="How do we get our partnership board to engage?",
    solutions=(
        "Agree short terms of reference with the board.",
        "Meet *face to face*, because that gets people talking > e-mail.",
        "Set up sub-groups for R&D and for <skills>.",
    ),
    themes=("Relationship building", "Governance"),
    source="Source: action learning sets, March 2023. The fund has moved on since.",
    choices=NEXT_STEPS,
    note="I read bord as board.",
)
TRIED = EntryCard(
    entry_id="perception",
    problem="How do we measure perception?",
    solutions=(
        "Ask three questions in the library.",
        "Ride the bus and listen.",
        "Use the yearly survey.",
    ),
    themes=("Monitoring and evaluation",),
    source="Source: a challenge, May 2026.",
    choices=NEXT_STEPS[2:],
    numbers=(2, 1, 4),
    tried=(
        "Tried by 4: 3 worked, 1 partly. One of them learnt: “Ask *before* lunch & keep it < 5.”",
        "",
        "Tried by 1: 1 did not work.",
    ),
)
TEXT = Text("Hello. What are you working on?\n\nAsk me in your own words, or type help.")
LINKED = Text(
    "North meets on Tuesday 8 December 2026, 10:00 to 12:00.\n\nWill you come?",
    (Choice("Yes, I will come", "come:M2X:yes"), Choice("Maybe", "come:M2X:maybe")),
    link=Link(
        "Put it into your calendar", "https://bot.example.org/calendar/ab_c/M2X.ics?key=d-_e"
    ),
)
UNSURE = Choices(
    "I am not sure. Is it one of these?",
    (
        Choice("How do we get our partnership board to engage?", "show:a1:board"),
        Choice("How do we measure perception?", "show:a1:perception"),
        Choice("None of these", "none:a1"),
    ),
)
THEMES = Choices(
    "Pick a theme:", tuple(Choice(f"Theme {number}", f"theme:{number}") for number in range(1, 8))
)
_SOON = (Choice("This week", "week"), Choice("No hurry", "none"))
_TOUCHES = (Choice("Skills & jobs", "skills"), Choice("<Places>", "places"))
FORM = Form(
    ref="f1",
    title="Post a challenge",
    fields=(
        FormField("title", "What is your challenge?", "No names.", required=True, longest=100),
        FormField("tried", "What have you tried?", kind=FieldKind.LINES),
        FormField("soon", "How soon?", kind=FieldKind.CHOICE, choices=_SOON, required=True),
        FormField("by", "By which day?", kind=FieldKind.DATE),
        FormField("touches", "What does it touch?", kind=FieldKind.CHOICES, choices=_TOUCHES),
    ),
    at="title",
    submit="Post it",
    intro="Your peers read it without your name.",
)
WRONG = replace(
    FORM,
    at="tried",
    fields=(
        FORM.fields[0],
        replace(
            FORM.fields[1],
            values=("A *market* & <tents>.\nIt rained.",),
            problem="That is 2 characters too long: it has 502, and 500 fit.",
        ),
        *FORM.fields[2:],
    ),
    note="Nothing is sent yet: one answer needs another look.",
)
MESSAGES: dict[str, Outgoing] = {
    "card": CARD,
    "tried": TRIED,
    "text": TEXT,
    "link": LINKED,
    "unsure": UNSURE,
    "themes": THEMES,
    "form": FORM,
    "form_wrong": WRONG,
    "form_choice": replace(FORM, at="soon"),
    "form_date": replace(FORM, at="by", note="Carrying on with your post."),
    "form_choices": replace(FORM, at="touches"),
}


def same(name: str, made: str) -> bool:
    file = FOLDER / name
    if os.environ.get("REWRITE_GOLDEN") == "1":
        file.write_text(made, encoding="utf-8")
    return file.read_text(encoding="utf-8") == made
