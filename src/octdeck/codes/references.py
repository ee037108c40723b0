"""OD2xx: what refers to something that is not there, or is there twice.

Found by readers/yaml.py, quiz.py, outputs.py and enclosures.py.
"""


class OD201:
    """An id is used twice.

    The id of a question is its name for ever: with two of them, students' reviews of the one would go to the other.
    Ids are unique in the whole bank. Give the newer question another; an id that students have never changes.

    Fails:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
        - id: cargo
          question: What was shipped from the west quay?
          answer: Herring
          themes: [trade]

    Passes:

        - id: cargo
          question: What was shipped from the east quay?
          answer: Slate
          themes: [trade]
        - id: west-quay-cargo
          question: What was shipped from the west quay?
          answer: Herring
          themes: [trade]
    """


class OD202:
    """A citation of a source that no deck file declares.

    Card and key would name an article that nobody can find. A source is declared once, by the deck file that is about
    it, and cited by its id; a plain number cites the source of the deck file in which it stands.

    Fails:

        # deck.yaml
        deck: Harbours
        source: {id: old-port, title: The old port}
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
            cites: {old-prot: 2}

    Passes:

        # deck.yaml
        deck: Harbours
        source: {id: old-port, title: The old port}
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
            cites: {old-port: 2}
    """


class OD206:
    """A quiz that cannot be made: it asks for more questions than there are, or for what the bank does not have.

    A sheet with fewer questions than you planned would be noticed when it is marked. A question counts for a quiz if it
    fits every setting of the quiz; what has `paper: false` or `retired: true` does not count.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - {id: test, title: A test, themes: [trade], count: 2}

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}
          - {id: mole, question: What shelters the basin?, answer: A wall, themes: [building]}

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - {id: test, title: A test, themes: [trade, building], count: 2}

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}
          - {id: mole, question: What shelters the basin?, answer: A wall, themes: [building]}
    """


class OD209:
    """Two outputs would have the same name.

    One file in `dist/` would overwrite the other. Files are called after deck files, quizzes and the bank; capitals and
    the form of accents make no difference, as Windows and macOS see none.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - {id: deck, title: A test}

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - {id: test, title: A test}

        # deck.yaml
        deck: Harbours
        questions:
          - {id: cargo, question: What left from the east quay?, answer: Slate, themes: [trade]}
    """


class OD212:
    """The logo is no picture in the bank's folder.

    It stands in the head of every sheet: a PNG, JPEG or SVG file of at most 2 MB, beside bank.yaml or in a folder
    below.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        logo: crest.svg

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        logo: crest.svg

        # crest.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>
    """


class OD213:
    """Settings of a quiz that do not go together.

    A quiz with a list of sections takes what its sections ask for, so a count of its own would be a second answer to
    the same question: give each section its `count`, or make sections of what is picked, with `sections: kind`.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - id: test
            title: A test
            count: 1
            sections:
              - title: Trade
                themes: [trade]

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - id: test
            title: A test
            sections:
              - title: Trade
                themes: [trade]
                count: 1

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
    """


class OD214:
    """The template of a quiz is no file in the bank's folder, or is for another format.

    A template is a `.typ` file for PDF or a `.html.j2` file for web pages, beside bank.yaml or in a folder below.
    `docs/templates.md` says what it is given.

    Fails:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - id: test
            title: A test
            template: ours.typ

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}
        quizzes:
          - id: test
            title: A test
            template: ours.typ

        # ours.typ
        #set document(title: "Ours", date: none)

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
    """


class OD239:
    """An output would have a name that some system cannot hold.

    Whoever builds, fetches a package or prints a sheet may have Windows, macOS or Linux. Windows takes none of
    `< > : " / \\ | ? *` in a name, and keeps `con`, `prn`, `aux`, `nul`, `com1` and the like for devices; cloud drives
    drop dots and spaces at an end; and every system has a longest name. Files are called after deck files, quizzes and
    the bank. Of a bank that was released, it is a warning: better such a name than another id.

    Fails:

        # bank.yaml
        bank: aux
        title: Auxiliary engines
        themes: {building: Building, trade: Trade}

    Passes:

        # bank.yaml
        bank: auxiliary-engines
        title: Auxiliary engines
        themes: {building: Building, trade: Trade}
    """
