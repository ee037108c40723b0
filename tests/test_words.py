"""The words that octdeck itself puts on cards and sheets, in every language."""

import re
from pathlib import Path

import pytest
import yaml
from msgspec.structs import asdict

from octdeck.languages import languages
from octdeck.readers import yaml as reader
from octdeck.sheet import from_bank
from octdeck.words import words_of
from octdeck.writers import pdf
from support import KINDS, ROOT

LANGUAGES = ["de", "en", "es", "fr", "it", "pl", "pt", "ru", "tr", "uk"]


def test_ten_languages() -> None:
    """English, German, French, Spanish, Italian, Portuguese, Polish, Russian, Ukrainian and Turkish are there."""
    assert sorted(languages()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    """Each language has every word, and fills in what English fills in."""
    english, words = asdict(words_of("en")), asdict(words_of(language))

    for name, text in words.items():
        assert text.strip()
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[name])), name


def test_words_are_text() -> None:
    """No word of a language is one that YAML reads as true, false or a number."""
    raw = yaml.safe_load((ROOT / "src/octdeck/words.yaml").read_text(encoding="utf-8"))

    assert all(isinstance(text, str) for words in raw.values() for text in words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_print_in_every_language(language: str) -> None:
    """A bank in the language has no finding, and its sheet and key can be printed: the fonts have all letters."""
    bank_yaml = (KINDS / "bank.yaml").read_text(encoding="utf-8").replace("language: en", f"language: {language}")
    deck = (KINDS / "forms.yaml").read_bytes()
    bank, found = reader.read((Path("bank.yaml"), bank_yaml.encode()), [(Path("forms.yaml"), deck)])

    assert found == []
    assert bank is not None
    assert pdf.quiz(from_bank(bank)).startswith(b"%PDF")
    assert pdf.key([from_bank(bank)]).startswith(b"%PDF")
