"""Figures and names of answers against the cited paragraphs, and what they are compared by."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import octdeck
from octdeck import names, numerals
from octdeck.diagnostics import Diagnostic

ARTICLE = (
    "The old port",
    "Telford drew the mole in 1820. Twenty-five masons from Scotland built it, and seven hundred labourers.",
    "In the same year Kiev sent two and a half million roubles; Trotskii, a merchant, brought them to Russia’s consul.",
    "He paid them out on 24 October. “Nobody,” wrote the consul, “asked for more.”",
    "The Military Harbour Committee (MHC) met in September 1821–2. It had 2,300 members.12 "
    "Its Second Congress met at 17.30.",
    "Russia bought slate. Russia sold timber. The consul of Russia was content.",
    "Russia declared war in May; the harbour was closed, and so were the quays of Riga and Reval.",
)


def checked(folder: Path, question: str, language: str = "en", article: tuple[str, ...] = ARTICLE) -> list[Diagnostic]:
    """What is found in a bank with one question on the article."""
    decks = folder / "decks"
    decks.mkdir()
    bank = f"bank: b\ntitle: B\nlanguage: {language}\nthemes: {{trade: T}}\n"
    deck = (
        "deck: D\nsource: {id: port, title: The old port}\nquestions:\n  - {id: q, themes: trade, " + question + "}\n"
    )
    (decks / "bank.yaml").write_text(bank, encoding="utf-8")
    (decks / "deck.yaml").write_text(deck, encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles" / "port.txt").write_text("\n\n".join(article), encoding="utf-8")
    return [found for found in octdeck.check(decks) if found.code == "OD219"]


SUPPORTED = {
    "a figure": "question: When?, answer: 1820, cites: 2",
    "words for digits": "question: When?, answer: Eighteen hundred and twenty, cites: 2",
    "digits for words": "question: How many masons?, answer: 25 masons, cites: 2",
    "hundreds": "question: How many?, answer: 700, cites: 2",
    "a figure of millions": "question: How much?, answer: 2.5 million, cites: 3",
    "millions in digits": 'question: How much?, answer: "2,500,000", cites: 3',
    "the factor where the question has the rest": "question: How many million?, answer: Two and a half, cites: 3",
    "a separator of thousands": "question: How many?, answer: 2300, cites: 5",
    "an ordinal": "question: Which day?, answer: 24th of October, cites: 4",
    "a Roman number": "question: Which?, answer: Congress II, cites: 5",
    "a later year": "question: When?, answer: 1822, cites: 5",
    "a time": "question: When?, answer: 17, cites: 5",
    "one among many": "question: What?, answer: One after another, cites: 2",
    "the question’s own figure": "question: What of 1850?, answer: 1850, cites: 2",
    "the year of a date, which stands elsewhere": "question: When?, answer: October 1820, cites: 4",
    "a name": "question: Who?, answer: Mr Telford, cites: 2",
    "a person for a country": "question: Who?, answer: The Scots, cites: 2",
    "another spelling": "question: Who?, answer: Leon Trotsky’s consul, cites: 3",
    "another transliteration": "question: From where?, answer: From Kyiv, cites: 3",
    "another script": "question: Кто?, answer: и Троцкий, cites: 3",
    "an adjective": "question: Whose?, answer: A Russian consul, cites: 3",
    "an acronym": "question: Who met?, answer: The MHC, cites: 5",
    "what an acronym stands for": "question: Who?, answer: The Military Harbour Committee, cites: 5",
    "an acronym that only the answer has": "question: Who?, answer: Members of the MHC, cites: 5",
    "an ordinary word with a capital": "question: What?, answer: Slate, distractors: [Coal], cites: 2",
    "several paragraphs": "question: Who?, answer: Telford and Trotsky, cites: [2, 3]",
    "a name beside, in a longer answer": "question: What?, answer: He paid out what Kyiv had sent, cites: 4",
    "what the article is about": "question: What?, answer: The harbour was built by labourers in Russia, cites: 2",
    "the calendar": "question: When?, answer: On 24 October (Old Style), cites: 4",
    "a false statement": "statement: Telford drew it in 1919., answer: false, cites: 2",
    "distractors": "question: When?, answer: 1820, distractors: [1919, Napoleon of France], cites: 2",
    "what is around a gap": 'cloze: "In 1919 Napoleon saw {{c1::1820}}.", cites: 2',
    "a gap in a larger number": 'cloze: "They were {{c1::2}},300 in all.", cites: 5',
    "two gaps": 'cloze: "{{c1::Telford}} had {{c2::25}} masons.", cites: 2',
    "a retired question": "question: When?, answer: 1919, cites: 2, retired: true",
}


@pytest.mark.parametrize("question", SUPPORTED.values(), ids=SUPPORTED)
def test_supported(question: str, tmp_path: Path) -> None:
    """Whatever a reader would find in the cited paragraph is found."""
    assert checked(tmp_path, question) == []


MISSING = {
    "a figure": ("question: When?, answer: 1919, cites: 2", "'1919' is"),
    "the paragraph before": ("question: When?, answer: 1820, cites: 3", "'1820' is"),
    "a figure in words": ("question: How many?, answer: Seven thousand, cites: 2", "'Seven thousand' is"),
    "a small number that is the answer": ("question: How many?, answer: Four, cites: 2", "'Four' is"),
    "the year of a year": ("question: Which year?, answer: 1821, cites: 2", "'1821' is"),
    "a name": ("question: Where?, answer: In Riga, cites: 2", "'Riga' is"),
    "a name that begins the answer": ("question: Where?, answer: Riga, cites: 2", "'Riga' is"),
    "a name that the article has not": ("question: Who?, answer: Mr Napoleon, cites: 2", "'Napoleon' is"),
    "an acronym": ("question: Who?, answer: The MHC, cites: 2", "'MHC' is"),
    "a name and a figure": ("question: What?, answer: Riga in 1919, cites: 2", "'1919' and 'Riga' are"),
    "a right option": ("question: When?, answer: [1820, 1919], distractors: [1000], cites: 2", "'1919' is"),
    "a true statement": ("statement: Telford drew it in 1919., answer: true, cites: 2", "'1919' is"),
    "a gap": ('cloze: "Telford drew it in {{c1::1919}}.", cites: 2', "'1919' is"),
    "a gap within a sentence": ('cloze: "It was drawn by {{c1::Brunel}}.", cites: 2', "'Brunel' is"),
    "a step": ("question: Order?, order: [Telford, Riga falls, masons], cites: 2", "'Riga' is"),
    "a left": ("question: Match?, pairs: {Telford: drew, by Napoleon: built, masons: dug}, cites: 2", "'Napoleon' is"),
    "a right": ("question: Match?, pairs: {Telford: 1820, masons: 26, labourers: 700}, cites: 2", "'26' is"),
}


@pytest.mark.parametrize(("question", "said"), MISSING.values(), ids=MISSING)
def test_missing(question: str, said: str, tmp_path: Path) -> None:
    """What is not in the cited paragraph is named."""
    (found,) = checked(tmp_path, question)

    assert found.message.startswith(f"{said} not in paragraph ")
    assert found.severity == "warning"


def test_what_is_shown(tmp_path: Path) -> None:
    """The finding stands at the very answer, shows what is cited, and names a paragraph close by that would do."""
    (found,) = checked(tmp_path, "question: Order?, order: [Telford, 24 October, masons], cites: [2-3, 5]")

    assert found.message == "'24' and 'October' are not in paragraphs 2-3, 5 of 'port', which is cited for it"
    assert found.hint == "see whether paragraph 4 of 'port' is meant; if all is right, say 'ignore: [OD219]'"
    assert found.notes[0] == f"paragraph 2 of 'port' reads: {ARTICLE[1]}"
    assert len(found.notes) == 3
    line = found.span.path.read_text(encoding="utf-8").splitlines()[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == "24 October"


def test_it_can_be_ignored(tmp_path: Path) -> None:
    """`ignore: OD219` on the question is heeded."""
    assert checked(tmp_path, "question: When?, answer: 1919, cites: 2, ignore: OD219") == []


def test_it_needs_all_that_is_cited(tmp_path: Path) -> None:
    """Where one of the cited articles is not at hand, nothing is said: the answer may be there."""
    question = "question: When?, answer: 1919, cites: {port: 2, other: 3}"
    assert checked(tmp_path, question) == []
    (tmp_path / "decks" / "other.yaml").write_text(
        "deck: O\nsource: {id: other, title: Other}\nquestions: []\n", encoding="utf-8"
    )

    assert octdeck.check(tmp_path / "decks") == ()


def test_an_article_that_changed(tmp_path: Path) -> None:
    """Paragraphs that moved are looked for where they are now."""
    from octdeck import article

    assert checked(tmp_path, "question: When?, answer: 1820, cites: 2") == []
    digests = " ".join(article.parse("\n\n".join(ARTICLE)).digests)
    (tmp_path / "decks" / "octdeck.lock").write_text(f"octdeck-lock 1\nbank b\narticle port {digests}\n", "utf-8")
    (tmp_path / "articles" / "port.txt").write_text("\n\n".join(("New", *ARTICLE)), encoding="utf-8")

    assert {found.code for found in octdeck.check(tmp_path / "decks")} == {"OD205", "OD217"}


def test_the_calendars_of_the_bank(tmp_path: Path) -> None:
    """The words that `calendar` lists need not stand in the article."""
    question = "question: When?, answer: On 24 October by Julian, cites: 4"
    (found,) = checked(tmp_path, question)
    assert found.message.startswith("'Julian' is not")

    path = tmp_path / "decks" / "bank.yaml"
    path.write_text(f"{path.read_text('utf-8')}calendar: Julian\n", encoding="utf-8")
    assert octdeck.check(tmp_path / "decks") == ()


def test_german_nouns(tmp_path: Path) -> None:
    """Where every noun has a capital, only figures are looked for."""
    article = ("Der Hafen", "Siebenhundert Arbeiter bauten die Mole.")

    assert checked(tmp_path, "question: Wer?, answer: 700 Maurer, cites: 2", "de", article) == []
    (tmp_path / "other").mkdir()
    (found,) = checked(tmp_path / "other", "question: Wer?, answer: 800 Maurer, cites: 2", "de", article)
    assert found.message.startswith("'800' is not in paragraph 2")


READ = {
    "en": {
        "two and a half million": 2_500_000,
        "twenty-fifth": 25,
        "2.3 million": 2_300_000,
        "two million three hundred thousand": 2_300_000,
        "a dozen": 12,
        "seven hundred and five": 705,
        "300 thousand": 300_000,
    },
    "de": {
        "siebenhundertfünfzig": 750,
        "vierundzwanzig": 24,
        "zweieinhalb Millionen": 2_500_000,
        "fünf und zwanzig": 25,
        "zweitausenddreihundert": 2300,
        "2.300": 2300,
        "vierte": 4,
    },
    "fr": {
        "quatre-vingt-dix-sept": 97,
        "soixante-quinze": 75,
        "mille neuf cent dix-sept": 1917,
        "trois millions et demi": 3_500_000,
        "2 300": 2300,
    },
    "es": {"mil novecientos diecisiete": 1917, "treinta y cinco": 35, "dos millones y medio": 2_500_000},
    "it": {"settecentoventitré": 723, "millenovecentodiciassette": 1917, "ventuno": 21, "duemila": 2000},
    "pt": {"mil novecentos e dezessete": 1917, "vinte e cinco": 25},
    "pl": {"dwadzieścia pięć tysięcy": 25_000, "dwa i pół miliona": 2_500_000, "dwudziestego piątego": 25},
    "ru": {"семьсот тридцать пять": 735, "двадцать пятого": 25, "2,3 млн": 2_300_000, "сорока тысяч": 40_000},
    "uk": {"сто п’ятдесят": 150, "дев'ятнадцять": 19, "двадцять п’ятого": 25},
    "tr": {"yirmi beş bin": 25_000, "iki buçuk milyon": 2_500_000},
}


@pytest.mark.parametrize(
    ("language", "text", "value"), [(language, *each) for language, texts in READ.items() for each in texts.items()]
)
def test_numbers_in_words(language: str, text: str, value: float) -> None:
    """A number is read as one, however it is put together in its language."""
    (number,) = numerals.numbers(text, language)

    assert value in number.values


@pytest.mark.parametrize(
    ("text", "apart"),
    [("one or two", [1, 2]), ("three, four", [3, 4]), ("twenty thirty", [20, 30]), ("24 October 1917", [24, 1917])],
)
def test_numbers_apart(text: str, apart: list[float]) -> None:
    """Numbers that only stand beside each other stay apart."""
    assert [max(number.values) for number in numerals.numbers(text, "en")] == apart


ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
ones += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            glue = (" and " if rest < 100 else " ") if rest else ""
            return f"{in_words(number // size)} {name}{glue}{in_words(rest) if rest else ''}"
    if number < 20:
        return ones[number - 1]
    return tens[number // 10 - 2] + (f"-{ones[number % 10 - 1]}" if number % 10 else "")


@given(st.integers(1, 999_999_999))
def test_every_number_in_english_words(number: int) -> None:
    """Any number up to a thousand million, written out, is read as itself."""
    assert [set(found.values) for found in numerals.numbers(in_words(number), "en")] == [{number}]


@given(st.text(), st.sampled_from(sorted([*READ, "xx"])))
def test_any_text_is_read(text: str, language: str) -> None:
    """No text brings the reading of numbers and names to a stop."""
    numerals.values(text, language)
    forms = names.of_language(language)

    assert forms is None or forms.same(names.fold(text), names.fold(text))


ALIKE = (
    "Kyiv/Kiev Trotskii/Trotsky Троцкий/Trotsky Київ/Kyiv Зиновьев/Zinoviev Zinov'ev/Zinoviev Tsereteli/Tseretelli "
    "Cheidze/Chkheidze Siberia/Siberian Russia/Russian Tsar/Tsarist Tsar/Czar Germany/German Marx/Marxist "
    "Bolsheviks/Bolshevism Italy/Italian Ukraine/Ukrainian China/Chinese Lenin/Lenin’s Joffe/Ioffe Керенский/Kerensky "
    "Gdańsk/Danzig Wladimir/Vladimir Aleksandr/Alexander Belgium/Belgian Europe/European Чайковский/Tchaikovsky "
    "Хрущёв/Khrushchev Petrograd/Petersburg Jew/Jewish Egypt/Egyptian Schlusselberg/Schlüsselburg Πειραιάς/Peiraias"
)
UNLIKE = (
    "Lenin/Stalin Martov/Markov Austria/Australia Kornilov/Kerensky Iran/Iraq Kamenev/Kaledin Moscow/Minsk "
    "Rodzianko/Rodionov Slovakia/Slovenia March/May June/July Reed/Red Sukhanov/Suvorov"
)


@pytest.mark.parametrize("pair", [*ALIKE.split(), *UNLIKE.split()])
def test_forms_of_names(pair: str) -> None:
    """Inflected, spelt otherwise or in another script, a name is the same; two people of nearly one name are two."""
    forms = names.of_language("en")
    one, other = map(names.fold, pair.split("/"))
    assert forms is not None

    assert forms.same(one, other) == (pair in ALIKE.split())
    assert forms.same(other, one) == forms.same(one, other)
