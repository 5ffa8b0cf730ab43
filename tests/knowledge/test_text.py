import pytest

from knowledge.text import normalise, sentences, stem, terms, words


def test_normalising_makes_quotes_blanks_and_invisible_characters_even() -> None:
    assert normalise("  don’t \u200b “shout”\t—\x00 please ") == 'don\'t "shout" - please'


def test_normalising_keeps_lines_apart_and_drops_empty_ones() -> None:
    assert normalise("one\r\n\n  two") == "one\ntwo"


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x01", "\u202e"])
def test_nothing_visible_normalises_to_nothing(text: str) -> None:
    assert normalise(text) == ""


def test_sentences_end_at_marks_and_at_line_ends() -> None:
    assert sentences("One. Two?\nThree ... !!") == ("One.", "Two?", "Three ...")


def test_acronyms_and_contractions_are_single_words() -> None:
    assert words("M&E isn't R and D") == ["m&e", "isn't", "r", "and", "d"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("measuring", "measured"),
        ("boards", "board"),
        ("stories", "story"),
        ("planning", "plan"),
        ("evaluation", "evaluate"),
        ("evaluation", "evaluating"),
        ("charity's", "charity"),
        ("businesses", "business"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    assert (
        len({stem(word) for word in ("car", "care", "carbon", "sing", "sign", "need", "bus")}) == 7
    )


def test_terms_leave_stop_words_out() -> None:
    assert terms("How can we measure the outcomes?") == ["measur", "outcom"]
