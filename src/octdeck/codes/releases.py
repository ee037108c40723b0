"""OD2xx: what a release would cost students, and what it compares with. Found by release.py and lock.py."""

from octdeck.diagnostics import Severity


class OD207:
    """A released question became a gap text, or was one.

    Anki has another note type for gap texts and moves no note between types. Students would get a new card and lose the
    reviews of the old one. Better: a new id for the new question, and `retired: true` for the old one.

    Fails:

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            cloze: "{{c1::Slate}} was shipped from the east quay."
            themes: [trade]

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours

    Passes:

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
            retired: true
          - id: cargo-gap
            cloze: "{{c1::Slate}} was shipped from the east quay."
            themes: [trade]

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours
    """

    severity: Severity = "warning"


class OD208:
    """A released question is gone.

    It is still in the collections of the students who imported it, and no correction reaches it any more. With
    `retired: true` the card says that it was withdrawn, and paper leaves it out. If you only gave it another id, write
    the old one again: to Anki, another id is another card, which students would begin from nothing.

    Fails:

        # deck.yaml
        deck: Harbours
        questions: []

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours

    Passes:

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
            retired: true

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours
    """

    severity: Severity = "warning"


class OD210:
    """octdeck.lock cannot be read.

    It remembers what students have. Without it, the next release would not know which cards changed. Take it back from
    version control; or recover it from the last release with `octdeck lock --from dist/<bank>.apkg`, which keeps every
    line that can be read.

    Fails:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        article old-port

    Passes:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        article old-port 0123456789
    """


class OD211:
    """The bank's id is not the one of the last release.

    It is part of the identity of every card. With another id, students would get the whole bank a second time and begin
    from nothing. Write the old id again; another bank belongs in a folder of its own.

    Fails:

        # bank.yaml
        bank: ports
        title: Harbours
        themes: {building: Building, trade: Trade}

        # octdeck.lock
        octdeck-lock 1
        bank harbours

    Passes:

        # bank.yaml
        bank: harbours
        title: Harbours
        themes: {building: Building, trade: Trade}

        # octdeck.lock
        octdeck-lock 1
        bank harbours
    """


class OD236:
    """A merge left its marks in octdeck.lock.

    Two people released something, and version control could not tell which lines to keep. Both: whoever imported either
    release has the cards of it. Delete the marks and keep the lines of both sides; of two lines about one question, the
    one with the later time. `octdeck check --fix` does just that.

    Fails:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        <<<<<<< HEAD
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours
        =======
        question quay main 2024-09-02T08:00:00Z fedcba9876543210 Harbours
        >>>>>>> next-year

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
          - id: quay
            question: Which quay was built last?
            answer: The west quay
            themes: [building]

    Passes:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours
        question quay main 2024-09-02T08:00:00Z fedcba9876543210 Harbours

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
          - id: quay
            question: Which quay was built last?
            answer: The west quay
            themes: [building]
    """


class OD237:
    """octdeck.lock has two lines about one thing.

    A merge kept both. Of two lines about a question, the one with the later time is right: nobody has a newer card.
    With the earlier one, a correction could get a time that is older than a student's copy, and Anki would skip it.
    `octdeck check --fix` deletes the earlier one. Of two fingerprints of an article, keep that of the copy you have.

    Fails:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours
        question cargo main 2024-09-02T08:00:00Z fedcba9876543210 Harbours

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]

    Passes:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-02T08:00:00Z fedcba9876543210 Harbours

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
    """


class OD238:
    """A time in octdeck.lock is in the future.

    The clock of a computer is wrong: of this one, or of the one that built that release. Anki goes by time. Whoever has
    imported the release has its cards under that time, and takes a correction only if it comes with a later one. So the
    file stays as it is, and a correction gets a time that is later still. Only a student's own edits lose: they look
    older than the release.

    Fails:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2999-09-01T08:00:00Z 0123456789abcdef Harbours

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]

    Passes:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        question cargo main 2024-09-01T08:00:00Z 0123456789abcdef Harbours

        # deck.yaml
        deck: Harbours
        questions:
          - id: cargo
            question: What was shipped from the east quay?
            answer: Slate
            themes: [trade]
    """

    severity: Severity = "warning"
