"""A whole form as a Slack modal.

Labels and hints are text objects, escaped as everywhere; what stands in a box is a plain string,
which Slack shows and gives back as it is. The modal carries the form's reference and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.field import day
from bot.messages import Choice, FieldKind, Filled, Form, FormField, clean
from bot.wording import forms as words
from handlers.form_words import hint
from handlers.parts import split, units
from handlers.slack_inbound import ELEMENT, FORM
from handlers.slack_render import Block, escape, plain_text

TITLE = 24
LABEL = 2_000
OPTION = 75
"""Characters of an option's text and of its description."""
BOX = 3_000
"""Characters of a box to type in."""
BLOCKS = 100
CHECKBOXES = 10
"""Boxes of one field; from there on it is a list to pick from."""
SECTION = 3_000


def view(form: Form) -> Block:
    """The modal, with the answers so far and what is wrong with them."""
    intro = [
        {"type": "section", "text": plain_text(escape(part))}
        for part in split(clean(form.intro), SECTION, lambda text: units(escape(text)))
    ]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": form.ref,
        "title": _text(form.title, TITLE),
        "submit": _text(form.submit, TITLE),
        "close": _text(words.CLOSE, TITLE),
        "blocks": [*intro, *map(_input, form.fields)][:BLOCKS],
    }


def _input(field: FormField) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "optional": not field.required,
        "label": _text(field.question, LABEL),
        "element": {"action_id": ELEMENT, **_element(field)},
    }
    problem = f"{words.PLEASE_LOOK_AGAIN}: {field.problem}" if field.problem else ""
    told = " ".join(part for part in (problem, _hint(field)) if part)
    return {**block, "hint": _text(told, LABEL)} if told else block


def _hint(field: FormField) -> str:
    """A calendar needs no example of how to write a date."""
    return field.hint if field.kind is FieldKind.DATE else hint(field)


def _element(field: FormField) -> Block:
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES:
            return _box(field)
        case FieldKind.CHOICE:
            return _options(field, "radio_buttons", "initial_option")
        case FieldKind.CHOICES:
            kind = "checkboxes" if len(field.choices) <= CHECKBOXES else "multi_static_select"
            return _options(field, kind, "initial_options")
        case FieldKind.DATE:
            found = day("".join(field.values))
            return {"type": "datepicker", **({"initial_date": found.isoformat()} if found else {})}


def _box(field: FormField) -> Block:
    box: Block = {"type": "plain_text_input", "multiline": field.kind is FieldKind.LINES}
    value = _cut(clean("".join(field.values)), BOX)
    if value:
        box["initial_value"] = value
    # Slack refuses a box that begins with more than it takes: what is too long is told instead.
    if units(value) <= field.longest:
        box["max_length"] = min(field.longest, BOX)
    return box


def _options(field: FormField, kind: str, initial: str) -> Block:
    options = {choice.value: _option(choice) for choice in field.choices}
    chosen = [options[value] for value in field.values if value in options]
    element: Block = {"type": kind, "options": list(options.values())}
    if chosen:
        element[initial] = chosen if initial == "initial_options" else chosen[0]
    return element


def _option(choice: Choice) -> Block:
    """A label that is too long for one line goes on in the option's description."""
    first, *rest = split(" ".join(clean(choice.label).split()), OPTION, _escaped)
    option: Block = {"text": plain_text(escape(first)), "value": choice.value}
    if rest:
        option["description"] = _text(" ".join(rest), OPTION)
    return option


def _escaped(text: str) -> int:
    return units(escape(text))


def _text(text: str, limit: int) -> Block:
    line = " ".join(clean(text).split())
    if _escaped(line) > limit:
        line = f"{split(line, limit - 1, _escaped)[0]}…"
    return plain_text(escape(line))


def _cut(text: str, limit: int) -> str:
    return text if units(text) <= limit else split(text, limit)[0]


def errors(submitted: Filled, problems: Mapping[str, str] | None) -> dict[str, str]:
    """What Slack is to show in the open modal, by block; `problems` None for a closed form."""
    asked = dict(submitted.values)
    if problems is None:
        return dict.fromkeys(list(asked)[:1], words.FORM_CLOSED)
    return {name: problem for name, problem in problems.items() if name in asked}
