"""OD1xx: keys and values that no file may have. Found by questions.py, schema.py, values.py, validate.py, spaces.py,
deckfile.py and readers/yaml.py.
"""

from octdeck.diagnostics import Severity


class OD101:
    """An unknown key.

    A key that octdeck does not know would do nothing, and you would find out in class. If one letter is wrong, the hint
    names the key that was meant, and `octdeck check --fix` puts it there. `docs/decks.md` lists all keys.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          anwser: Slate
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """


class OD102:
    """A key is missing.

    Every question needs an id, by which students keep their reviews, a theme, something that is asked and an answer.
    A deck file needs `deck` and `questions`; bank.yaml needs `bank`, `title` and `themes`.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """


class OD103:
    """A theme that bank.yaml does not list.

    Themes are tags on cards and what quizzes are picked by, so the same theme must be written in the same way each
    time. If one letter is wrong, `octdeck check --fix` mends it; a new theme is listed in bank.yaml first.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [tarde]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """


class OD104:
    """A value of the wrong form, or no value.

    A list stands where a text belongs, words where a number does, or nothing at all. octdeck does not guess what was
    meant: a list as the answer of a question without distractors could be an order, several right options or three
    questions in one.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: [Slate, Timber]
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: [Slate, Timber]
          distractors: [Wool, Herring]
          themes: [trade]
    """


class OD105:
    """A question of two kinds at once.

    What a question is follows from its keys: `statement` makes it true or false, `cloze` a gap text, `order` and
    `pairs` what they say. With two of these, nobody knows how to ask it. Make two questions of it.

    Fails:

        - id: building
          question: In what order was the harbour built?
          order: [the mole, the basin, the lighthouse]
          pairs: {the mole: "1850", the basin: "1861", the lighthouse: "1869"}
          themes: [building]

    Passes:

        - id: building
          question: In what order was the harbour built?
          order: [the mole, the basin, the lighthouse]
          themes: [building]
        - id: building-years
          question: In which year was each part of the harbour finished?
          pairs: {the mole: "1850", the basin: "1861", the lighthouse: "1869"}
          themes: [building]
    """


class OD106:
    """A key that does not go with this kind of question.

    Some keys have a sense only for one kind: a statement has no other right answers to accept, and options are not
    typed. The key would do nothing, or it shows that the question was meant to be of another kind.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          distractors: [Timber, Coal]
          typed: true
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          typed: true
          themes: [trade]
    """


class OD107:
    """An id with characters that an id cannot have.

    Ids stand in file names, tags and the lock file, and students' reviews hang on them. So they are made of letters,
    digits, `-`, `_` and `.`, have no spaces, begin with a letter or a digit, and are no longer than 80 characters.

    Fails:

        - id: east quay cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]

    Passes:

        - id: east-quay-cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """


class OD109:
    """Gaps that Anki would not show.

    A gap is written as `{{c1::hidden words}}`, with a small c, a number from 1 to 500 and two braces on each side; a
    hint may follow behind another `::`. A text without a gap, or with one that is written otherwise, makes an empty
    card.

    Fails:

        - id: signal
          cloze: "A {{C1::red}} flag closed the harbour."
          themes: [trade]

    Passes:

        - id: signal
          cloze: "A {{c1::red}} flag closed the harbour."
          themes: [trade]
    """


class OD110:
    """A value out of range, or a word that is not one of those to choose from.

    `difficulty` goes from 1 to 3, `points` go in halves, `paper` is a4 or letter. The hint says what can stand there.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
          difficulty: 5

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
          difficulty: 3
    """


class OD111:
    """Options, steps or pairs that do not fit together.

    An option that is right and wrong at once cannot be marked; an option that stands twice gives itself away; two steps
    make an order that half the class gets right by chance. A match needs three right sides to choose from.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          distractors: [Slate, Timber, Coal]
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          distractors: [Herring, Timber, Coal]
          themes: [trade]
    """


class OD112:
    """A language for which octdeck has no words.

    octdeck itself puts words on cards and sheets: "Choose one", "According to", "Name". In another language than those
    it has them in, they would be missing. The questions themselves can be in any language.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        language: xx
        themes: {building: Building, trade: Trade}

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        language: en
        themes: {building: Building, trade: Trade}
    """


class OD113:
    """`ignore` names something that is no warning to be ignored.

    A misspelt code would hide nothing, without a word. Errors cannot be ignored: with them there is no card to build.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
          ignore: [OD103]

    Passes:

        - id: builder
          question: Was the bridge built by Telford or by his son?
          answer: Telford
          themes: [building]
          ignore: [OD301]
    """


class OD114:
    """Spaces at the ends of text, within its quotation marks.

    No card or sheet shows them, and nobody sees them in the file either, but a program that searches it does. Text
    between two quotation marks begins and ends at the marks. `octdeck check --fix` deletes them.

    Fails:

        - id: cargo
          question: "What was shipped from the east quay? "
          answer: Slate
          themes: [trade]

    Passes:

        - id: cargo
          question: "What was shipped from the east quay?"
          answer: Slate
          themes: [trade]
    """

    severity: Severity = "warning"
