"""The words that octdeck puts on cards and sheets, by language; words.yaml holds them."""

from collections.abc import Mapping
from functools import cache

import yaml
from msgspec import Struct

from octdeck.languages import block


class Words(Struct, frozen=True, kw_only=True):
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
    write_what: str
    show_all: str
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
    multiple_choice: str
    gap_texts: str
    labelling: str
    matching: str
    ordering: str
    short_answers: str
    recall: str
    understanding: str
    judging: str
    other_questions: str

    @property
    def kinds(self) -> Mapping[str, str]:
        """Headings for questions of each kind, in the order of a sheet: what takes longest comes last."""
        return {
            "multiple-choice": self.multiple_choice,
            "true-false": self.true_or_false,
            "cloze": self.gap_texts,
            "occlusion": self.labelling,
            "match": self.matching,
            "order": self.ordering,
            "short-answer": self.short_answers,
        }

    @property
    def difficulties(self) -> Mapping[int | None, str]:
        """Headings for questions of each difficulty, and for those that have none."""
        return {1: self.recall, 2: self.understanding, 3: self.judging, None: self.other_questions}


@cache
def words_of(language: str) -> Words:
    """The words of a language, by its code; English where there is no such language."""
    return Words(**yaml.load(block(language), Loader=yaml.CSafeLoader))
