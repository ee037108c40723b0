"""The words that octdeck puts on cards and sheets, by language; words.yaml holds them."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words. A trailing underscore only avoids a word of Python's."""

    name: str
    class_: str
    date: str
    points: str
    key: str
    version: str
    choose_one: str
    choose_all: str
    put_in_order: str
    match: str
    true_: str
    false_: str
    true_short: str
    false_short: str
    fill_in: str
    word_bank: str
    number_them: str
    write_letter: str
    true_or_false: str
    according_to: str
    and_: str
    hint: str
    caution: str
    also_right: str
    what_was_asked: str
    retired: str
    at_a_glance: str
    sources: str
    issue: str
    paragraph: str
    page: str
    check: str
    check_all: str
    checked: str
    try_again: str
    start_again: str
    is_right: str
    is_wrong: str
    no_answer: str
    right_answer: str
    your_answer: str
    compare: str
    score: str
    gap: str
    total: str
    continues: str
    continued: str
    logo: str


@cache
def languages() -> dict[str, Words]:
    """All languages there are, by their code."""
    data = yaml.load(files("octdeck").joinpath("words.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {code: Words(**words) for code, words in data.items()}
