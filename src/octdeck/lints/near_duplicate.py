"""A question is asked twice in nearly the same words.

The student learns it twice and the quiz asks it twice. Two questions count as one if their answers are the same and
they differ in small words, endings, word order or one word at most; two gap texts, if their text is the same with other
gaps. Retire the newer one, or ask for another side of the matter. Where one is for paper and the other for Anki alone,
nothing is found.

Fails:

    - id: cargo
      question: What was shipped from the east quay to Bristol?
      answer: Slate
      themes: [trade]
    - id: east-quay
      question: From the east quay, what did they ship to Bristol?
      answer: The slate
      themes: [trade]

Passes:

    - id: cargo
      question: What was shipped from the east quay to Bristol?
      answer: Slate
      themes: [trade]
    - id: slate-use
      question: What did builders in Bristol do with the slate?
      answer: They covered roofs with it
      themes: [trade]
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar
from octdeck.likeness import worth_comparing
from octdeck.prose import Prose, Reading
from octdeck.questions import Choice, Cloze, Match, Order, ShortAnswer, TrueFalse

CODE = "OD306"
SEVERITY: Severity = "warning"

_STEM = 6  # letters of a word by which questions are brought together; what differs behind is an ending
_ENOUGH = 4  # words in common, for one more in one of the two not to matter
_MANY = 6  # words, of which no more are looked for in another form
_ROOT, _ENDING = 4, 3  # letters of which a word has that many at least, or at most
_BEGINNING = 3  # letters before a slip


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question that is nearly an earlier one."""
    dull = reading.grammar.small | reading.grammar.articles
    for kinds in ((ShortAnswer, Choice), (TrueFalse,), (Cloze,), (Order,), (Match,)):
        questions = [prose for prose in reading.questions if isinstance(prose.question, kinds)]
        if ShortAnswer in kinds:
            questions = _answered_alike(questions, reading.grammar)
        words = [_content(prose) - dull for prose in questions]
        told: set[int] = set()
        bags = [frozenset([word[:_STEM] for word in some if len(word) > 1]) for some in words]
        for here, there in worth_comparing(bags):
            one, other = questions[here], questions[there]
            # Two of one id are a mistake of their own.
            if here in told or one.question.id == other.question.id or not _meet(one, other):
                continue
            if _ask_the_same(one, other, words[here], words[there], reading.grammar):
                told.add(here)
                message = f"this is nearly the question '{other.question.id}'"
                hint = "retire one of the two, or let it ask for something else"
                if isinstance(one.question, Cloze):
                    message, hint = f"this is nearly the text of '{other.question.id}'", "put all gaps into one text"
                also = ("the other question", other.item.span(other.stem_key))
                yield Diagnostic(CODE, message, one.item.span(one.stem_key), SEVERITY, hint, (also,))


def _content(prose: Prose) -> frozenset[str]:
    """The words of what is asked, and its pictures; of an order and a match, of what is ordered or matched."""
    if isinstance(prose.question, Order | Match):
        return frozenset(word for line in (*prose.left, *prose.right) for word in (*line.words, *line.media))
    return frozenset((*prose.stem.words, *prose.stem.media))


def _meet(one: Prose, other: Prose) -> bool:
    """Whether there is a place where a student meets both."""
    first, second = one.question, other.question
    return (first.paper and second.paper) or (first.anki and second.anki)


def _ask_the_same(one: Prose, other: Prose, words: frozenset[str], others: frozenset[str], grammar: Grammar) -> bool:
    match one.question, other.question:
        case TrueFalse(answer=this), TrueFalse(answer=that):
            return this == that and _in_order(one, other, grammar)
        case Cloze(), Cloze():
            return _in_order(one, other, grammar)
        case Order(), Order():
            return [line.words for line in one.right] == [line.words for line in other.right]
        case Match(), Match():
            return _differ(words, others) == 0
        case _:
            more = 1 if len(words & others) >= _ENOUGH else 0
            return _differ(words, others) <= more and _same_answer(one, other, grammar)


def _differ(words: frozenset[str], others: frozenset[str]) -> int:
    """How many words the two sets do not share, in whatever form."""
    left, right = sorted(words - others), sorted(others - words)
    if max(len(left), len(right)) > _MANY:
        return len(left) + len(right)
    for word in list(left):
        form = next((other for other in right if _is_form_of(word, other)), None)
        if form is not None:
            left.remove(word)
            right.remove(form)
    return len(left) + len(right)


def _is_form_of(word: str, other: str) -> bool:
    """Whether two words differ in their ending, or by a slip: workers and worker, but not afferent and efferent."""
    from rapidfuzz.distance import OSA, Prefix

    if not (word.isalpha() and other.isalpha()):
        return False
    longest, alike = max(len(word), len(other)), Prefix.similarity(word, other)
    if alike >= max(_ROOT, longest - _ENDING):
        return True
    return longest > _STEM and alike >= _BEGINNING and OSA.distance(word, other, score_cutoff=1) <= 1


def _in_order(one: Prose, other: Prose, grammar: Grammar) -> bool:
    """Whether the words come in the same order: "Rome beat Carthage" is not "Carthage beat Rome"."""
    telling, others = (
        [word for word in prose.stem.words if word not in grammar.small | grammar.articles] for prose in (one, other)
    )
    return len(telling) == len(others) and all(
        word == form or _is_form_of(word, form) for word, form in zip(telling, others, strict=True)
    )


def _answered_alike(questions: Sequence[Prose], grammar: Grammar) -> list[Prose]:
    """Those that share an answer with another; the rest, mostly nearly all, need not be compared at all."""
    answers = [_answers(prose, grammar) for prose in questions]
    count = Counter(chain.from_iterable(answers))
    return [prose for prose, own in zip(questions, answers, strict=True) if any(count[answer] > 1 for answer in own)]


def _same_answer(one: Prose, other: Prose, grammar: Grammar) -> bool:
    """Whether all answers of one count as right in the other."""
    first, second = _answers(one, grammar), _answers(other, grammar)
    return first <= second or second <= first


def _answers(prose: Prose, grammar: Grammar) -> set[str]:
    return {line.without(grammar.articles) for line in (*prose.right, *prose.accepted)}
