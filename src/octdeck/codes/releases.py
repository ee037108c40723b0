"""OD2xx: what a release would cost students, and what it compares with. Found by release.py, lock.py and project.py."""

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
    `retired: true` the card says that it was withdrawn, and paper leaves it out.

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

    It remembers what students have. Without it, the next release would not know which cards changed. It breaks when a
    merge leaves its marks in it: keep the lines of both sides, each once. Or take it back from version control.

    Fails:

        # octdeck.lock
        octdeck-lock 1
        bank harbours
        <<<<<<< HEAD
        article old-port 0123456789
        =======

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
