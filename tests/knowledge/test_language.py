import pytest

from knowledge.language import Language, language


@pytest.mark.parametrize(
    "text",
    [
        "Sut allwn ni wella ein perthynas gyda'r bwrdd partneriaeth lleol?",
        "Beth yw'r ffordd orau o fesur canlyniadau?",
        "Oes rhywun yn gwybod sut i gael mwy o ymatebion i'r arolwg trigolion?",
        "bore da",
        "diolch",
        "SUT MAE RHEDEG CYFARFOD DA?",
    ],
)
def test_welsh_is_recognised(text: str) -> None:
    assert language(text) is Language.WELSH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙏",
        "12345",
        "how do we measure perception",
        "M&E SLA MOU ToR KPI VCSE",
        "Llandudno Pwllheli footfall",
        "Ynys Môn and Gwynedd joint project, tips?",
        "DLUHC CR IP UKSPF Q3",
        "percepton survy reslts",
        "er, what is a mae?",
    ],
)
def test_english_and_keywords_are_not_called_welsh(text: str) -> None:
    assert language(text) is Language.ENGLISH
