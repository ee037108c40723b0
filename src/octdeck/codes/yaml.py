"""OD0xx: what is not YAML as octdeck reads it. Found by sourcemap.py and syntax.py."""


class OD001:
    """The file is not UTF-8 text.

    An older editor saved it in an encoding of its own, in which the same byte means another letter elsewhere. What was
    meant cannot be known, so nothing is guessed. Open the file where it looks right and save it as UTF-8.

    Fails:

        # deck.yaml (latin-1)
        deck: Harbours
        questions:
          - id: mole
            question: What is the wall that shelters the basin called in German?
            answer: Hafendämme
            themes: [building]

    Passes:

        # deck.yaml (utf-8)
        deck: Harbours
        questions:
          - id: mole
            question: What is the wall that shelters the basin called in German?
            answer: Hafendämme
            themes: [building]
    """


class OD002:
    """The text is not YAML.

    Most often a text holds `: ` or ` #` and needs quotation marks, a quotation mark or a bracket is not closed, a line
    is not indented like its neighbours, or a tab stands for spaces. What comes after such a place may mean something
    else than you think; octdeck reads on at the next question.

    Fails:

        - id: mole
          question: In a harbour: what is a mole?
          answer: A wall that shelters the basin
          themes: [building]

    Passes:

        - id: mole
          question: "In a harbour: what is a mole?"
          answer: A wall that shelters the basin
          themes: [building]
    """


class OD003:
    """A key stands twice in one place.

    YAML itself would silently forget the first of the two, and with it what you wrote there. Delete one, or join them.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
          answer: Timber

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """


class OD004:
    """The file holds more than one YAML document.

    A line `---` begins another document, and what stands below it would not be read. Give it a file of its own, or
    delete the line.

    Fails:

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}
        ---
        questions:
          - {id: return, question: What came back in the empty holds?, answer: Coal, themes: [trade]}

    Passes:

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}
          - {id: return, question: What came back in the empty holds?, answer: Coal, themes: [trade]}
    """


class OD005:
    """The file is empty, or holds only comments.

    Every file in the bank's folder whose name ends in `.yaml` or `.yml` is a deck. An empty one is a slip more often
    than a plan: a file that was saved too early, or not at all.

    Fails:

        # deck.yaml
        # Questions on the harbour will stand here.

    Passes:

        # deck.yaml
        # Questions on the harbour will stand here.
        deck: Harbours
        questions: []
    """


class OD006:
    """Text begins with `&` or `*`, which YAML takes for an anchor or an alias.

    These signs are YAML's way to write a thing once and use it twice. octdeck does not follow them: a file must show
    what it holds. A text may begin with them in quotation marks, as *emphasis* does.

    Fails:

        - id: mole
          question: What shelters the basin?
          answer: *mole*
          themes: [building]

    Passes:

        - id: mole
          question: What shelters the basin?
          answer: "*mole*"
          themes: [building]
    """


class OD007:
    """Text begins with `!`, which YAML takes for a tag.

    Tags tell a program to make something else of a text than text. octdeck follows none. A text may begin with the sign
    in quotation marks.

    Fails:

        - id: call
          question: What does a docker call when a load swings?
          answer: !Below
          themes: [trade]

    Passes:

        - id: call
          question: What does a docker call when a load swings?
          answer: "!Below"
          themes: [trade]
    """


class OD008:
    """The file is too large or nested too deeply, or has more mistakes than can be told.

    A deck file needs no more than six levels, and 16 MB is more than a library of questions. What goes beyond was made
    by mistake or by malice, and reading it could take all the memory there is. The same holds for more than half a
    million texts and lists in all files of a bank, and for `defaults` that would come to more than 16 MB, written out
    for each question.

    Of findings, a thousand are shown, errors first, and at ten thousand checking stops.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: [[[[[[[[[[[[[Slate]]]]]]]]]]]]]
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
    """
