"""The Chatham House check, told as sentences that officers type. Every name here is invented."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.redaction import Kind, find_identifiers

NAMES = (
    "Asha Okafor",
    "Mark Field",
    "Grace Board",
    "Will Green",
    "May Hollins",
    "Zoë Brânză",
    "Siân Rees-Mason",
    "Liam O'Dowd",
    "Tarnside Housing Trust",
)
CLEAN = (
    "We spoke to our partners about the claim form and nobody could agree.",
    "What counts as a job created when the post is part-time?",
    "Our chief executive would like a dashboard by Friday.",
)


def found(text: str, names: tuple[str, ...] = NAMES) -> list[tuple[str, Kind]]:
    return [(text[span.start : span.end], span.kind) for span in find_identifiers(text, names)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Like Asha says, start small.", "Asha"),
        ("as okafor told us in june", "okafor"),
        ("OKAFOR'S POINT WAS ABOUT TRAVEL", "OKAFOR"),
        ("Okafor, Asha is on the list", "Okafor, Asha"),
        ("ask A. Okafor about it", "Okafor"),
        ("I think it was Asha Okaffor who knew", "Asha"),
        ("could okaffor send the sheet", "okaffor"),
        ("zoe branza has it", "zoe branza"),
        ("Rees Mason keeps the register", "Rees Mason"),
        ("odowd wrote the note", "odowd"),
        ("Mark says the mark was fair", "Mark"),
        ("thanks mark, that helps", "mark"),
        ("Grace and I had no days of grace", "Grace"),
        ("Will will bring the cake", "Will"),
        ("I asked Will for the file", "Will"),
        ("grace board said no", "grace board"),
    ],
)
def test_a_registered_name_is_found_however_it_is_typed(text: str, said: str) -> None:
    assert any(said in piece and kind is Kind.PERSON for piece, kind in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Will anyone tell us, or not?",
        "Mark the page and move on.",
        "The lender gave us three days of grace.",
        "It may close before May, says the notice.",
        "The Board and the field team meet in May.",
        "A green field site needs a survey.",
        "In May we will field a team and mark the sheet.",
    ],
)
def test_names_that_are_words_are_left_alone_as_words(text: str) -> None:
    assert found(text) == []


def test_a_registered_organisation_is_found_without_its_legal_form() -> None:
    assert found("tarnside keeps a list") == [("tarnside", Kind.COUNCIL)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I spoke to Priyanka in finance about it.", "Priyanka"),
        ("told by priya in procurement that it's fine", "priya"),
        ("our S151 Dave says no", "Dave"),
        ("Cllr Ogunleye chairs the panel", "Cllr Ogunleye"),
        ("cllr patel wants it monthly", "cllr patel"),
        ("Then Mrs Thistlethwaite rang again.", "Mrs Thistlethwaite"),
        ("It was J. T. Bramhope who signed", "J. T. Bramhope"),
        ("It came from Caoimhe Ní Bhriain.", "Caoimhe"),
        ("Our planner Zuzanna Kowal drew it", "Zuzanna Kowal"),
        ("we asked keziah thorogood about it", "keziah thorogood"),
        ("Regards,\nSiobhan", "Siobhan"),
        ("Delroy and I run the fund between us.", "Delroy"),
    ],
)
def test_a_person_whom_nobody_registered_is_found(text: str, said: str) -> None:
    pieces = [piece for piece, kind in found(text, ()) if kind is Kind.PERSON]
    assert any(said in piece or piece in said for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        "We claim in Excel, meet on Microsoft Teams and report to MHCLG each January.",
        "The Levelling Up Fund and the UK Shared Prosperity Fund are not the same.",
        "Does Jobcentre Plus count, or the National Lottery Heritage Fund?",
        "Have you used the Green Book or a Theory of Change? Grant Thornton audited ours.",
        "The Nolan principles and the Gantt chart were both ignored.",
        "Happy Friday all, and Kind Regards to the Monitoring Officer.",
        "The Chatham House rule holds here.",
    ],
)
def test_programmes_software_days_and_terms_are_nobody(text: str) -> None:
    assert found(text, ()) == []


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("write to a.b-c_d@somewhere.example now", "a.b-c_d@somewhere.example", Kind.EMAIL),
        ("it is jo.bell [at] somewhere [dot] example", "jo.bell", Kind.EMAIL),
        ("Ring me on 01632 960 217.", "01632 960 217", Kind.PHONE),
        ("text +44 (0)7700 900123 after two", "+44 (0)7700 900123", Kind.PHONE),
        ("dial 0113.496.0456 for her", "0113.496.0456", Kind.PHONE),
        ("I'm on ext 4521 most days", "ext 4521", Kind.PHONE),
        ("they live at zz1 9xx or ls1 4ap", "ls1 4ap", Kind.POSTCODE),
        ("the hub at SW1A1AA is shut", "SW1A1AA", Kind.POSTCODE),
        ("see https://tarn.sharepoint.com/sites/a.xlsx, please", "tarn.sharepoint", Kind.URL),
        (r"it's on \\server\shared\claims", r"\\server\shared\claims", Kind.URL),
        ("The Lower Tannery Studios is late", "Lower Tannery Studios", Kind.PROJECT),
        ("ask the vicar who runs our panel", "the vicar who runs", Kind.ROLE),
        ("the oldest council leader in Wales said so", "oldest council leader", Kind.ROLE),
        ("the Plaid leader of our planning panel", "Plaid leader", Kind.ROLE),
        ("it was the one who walked out on live radio", "who walked out", Kind.ROLE),
    ],
)
def test_contacts_projects_and_telling_roles_are_found(text: str, said: str, kind: Kind) -> None:
    assert any(said in piece and one is kind for piece, one in found(text, ()))


@pytest.mark.parametrize(
    "text",
    [
        "Guidance is at https://www.gov.uk/guidance/uk-shared-prosperity-fund and on gov.uk.",
        "Claim SPF-2024-17, order 4700 229 381, dated 03.06.2024, £2,100,000 at 41%.",
        "E12 follows E11, as Q4 follows Q3.",
        "Our mayor and our chief executive trust the officer who fills in the form.",
        "Can the growth hub and the Skills Hub share a Community Centre?",
    ],
)
def test_public_links_numbers_and_plain_roles_are_no_findings(text: str) -> None:
    assert found(text, ()) == []


def test_each_finding_has_a_neutral_wording_that_suits_its_place() -> None:
    text = "Kent County Council pays weekly. I work in Kirklees; Asha Okafor knows a@b.example."
    assert [span.neutral for span in find_identifiers(text, NAMES)] == [
        "A county council",
        "our council",
        "a colleague",
        "[an e-mail address]",
    ]


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_and_any_names_give_ordered_spans_within_the_text(
    text: str, names: list[str]
) -> None:
    spans = find_identifiers(text, names)
    assert all(0 <= span.start < span.end <= len(text) and span.neutral for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.sampled_from(CLEAN), st.sampled_from(NAMES[:8]), st.booleans())
def test_a_registered_name_added_to_a_clean_text_is_found(
    clean: str, name: str, before: bool
) -> None:
    assert found(clean) == []
    text = f"{name} says: {clean}" if before else f"{clean} So says {name}."
    assert any(piece in name for piece, _ in found(text))


@given(st.sampled_from((str.upper, str.lower, str.title)), st.sampled_from(NAMES[:3]))
def test_the_case_of_a_full_name_does_not_matter(written: Callable[[str], str], name: str) -> None:
    assert found(f"I heard it from {written(name)} last week.")


@given(st.integers(0, 5), st.integers(0, 5))
def test_findings_do_not_change_with_blanks_around_the_text(before: int, after: int) -> None:
    text = "Asha Okafor moved from Kirklees to great yarmouth; call 01632 960 217."
    padded = " " * before + text + "\n" * after
    assert [said for said, _ in found(padded)] == [said for said, _ in found(text)]


def test_a_text_of_one_kind_of_character_is_read_in_good_time() -> None:
    for odd in ("a" * 20_000, "@" * 20_000, "0 " * 10_000, "the " * 5_000, "A" * 20_000):
        find_identifiers(odd, NAMES)
