import pytest

from knowledge.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hiya!", SmallTalk.GREETING),
        ("good MORNING everyone 👋", SmallTalk.GREETING),
        ("bore da", SmallTalk.GREETING),
        ("Thank you so much, that’s really helpful", SmallTalk.THANKS),
        ("hi, thanks", SmallTalk.THANKS),
        ("ok cheers all", SmallTalk.THANKS),
        ("diolch yn fawr", SmallTalk.THANKS),
        ("Are you a bot?", SmallTalk.ABOUT_BOT),
        ("hello, what can you do", SmallTalk.ABOUT_BOT),
        ("bye for now", SmallTalk.GOODBYE),
        ("ok", SmallTalk.ACKNOWLEDGEMENT),
        ("👍", SmallTalk.ACKNOWLEDGEMENT),
        ("🙏🏽🙏🏽", SmallTalk.ACKNOWLEDGEMENT),
        ("haha yes same here", SmallTalk.ACKNOWLEDGEMENT),
    ],
)
def test_small_talk_is_told_by_kind(text: str, kind: SmallTalk) -> None:
    assert small_talk(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "hello, how do we measure perception",
        "thanks, and who should sit on the board?",
        "welcome packs for volunteers",
        "what can you do about late returns",
        "is this a project that counts",
        "good board",
    ],
)
def test_anything_besides_small_talk_is_a_question(text: str) -> None:
    assert small_talk(text) is None
