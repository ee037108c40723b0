"""OD256 to OD270: pictures and sounds. Found by mediafiles.py in files, by content.py in what is written of them."""

from octdeck.diagnostics import Severity


class OD256:
    """A picture or a sound that is not in the bank's folder.

    Pictures and sounds lie beside bank.yaml or in a folder below, and are named from there: `map.png`,
    `pictures/map.png`. Capitals count, as they do on the system of the colleague who gets the folder from you. An
    address on the web is no file of yours, and may be gone tomorrow: copy the picture into the folder.

    Fails:

        - id: mole
          question: What does this plan show?
          image: paln.svg
          alt: A plan with a long line in the sea
          answer: The mole
          themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]
    """


class OD257:
    """A file that is no picture or sound which every card, sheet and page can show.

    What is in the file counts, not its ending. Taken are PNG, JPEG, GIF, WebP and SVG pictures, and MP3, Ogg Vorbis,
    Opus, WAV, M4A and FLAC sounds. A file that breaks off in the middle, as after a bad download, is none.

    Fails:

        # plan.png
        This was to be a plan.

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.png
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]
    """


class OD258:
    """A picture or a sound that is too large.

    A picture may have 5 MB and 50 million pixels, a sound 20 MB, all of a bank together 200 MB. Students get every byte
    on their phones; a photo of 1600 pixels and 300 kB looks the same on a card.

    Fails:

        # plan.gif
        GIF89aZZZZ!!!,!!!!ZZZZ!!;

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.gif
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]
    """


class OD259:
    """A picture or a sound of which nothing is said in words.

    Who cannot see the picture, or hear the sound, has only these words; a screen reader says them, and paper prints
    those of a sound. Say what is to be seen, not what the answer is.

    Fails:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            answer: The mole
            themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]
    """


class OD260:
    """Two pictures that would have the same name in Anki.

    In a package a picture is called by its name and eight digits that follow from what is in it. That two different
    pictures of one name get the same eight digits is as good as never an accident. Give one of them another name.

    Fails:

        # a/plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><circle cx="2" cy="1.5" r="1.35929"/></svg>

        # b/plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><circle cx="2" cy="1.5" r="1.127043"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: basin
            question: Which of the two is the basin?
            answer: {image: a/plan.svg, alt: A small circle}
            distractors: [{image: b/plan.svg, alt: A large circle}]
            themes: [building]

    Passes:

        # a/plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><circle cx="2" cy="1.5" r="1.35929"/></svg>

        # b/basin.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><circle cx="2" cy="1.5" r="1.127043"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: basin
            question: Which of the two is the basin?
            answer: {image: a/plan.svg, alt: A small circle}
            distractors: [{image: b/basin.svg, alt: A large circle}]
            themes: [building]
    """


class OD261:
    """An SVG picture with parts that are no picture; they are left out.

    An SVG can hold programs, and can load things from the web. Cards and sheets get it without those: without scripts,
    what reacts to a click, animation, embedded web pages, and pictures or fonts from elsewhere. Look at the result; in
    Inkscape, saving as "Plain SVG" and turning text into paths makes a picture that looks the same everywhere.

    Fails:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert("harbour")</script></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            question: What does this plan show?
            image: plan.svg
            alt: A plan with a long line in the sea
            answer: The mole
            themes: [building]
    """

    severity: Severity = "warning"


class OD263:
    """A region that is not a part of the picture, or is another region once more.

    `at` holds the left edge, the top edge, the width and the height of a region, in per cent of the picture's own width
    and height. So left edge and width together are 100 at most, and so are top edge and height.

    Fails:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            image: plan.svg
            alt: A plan with a long line in the sea
            regions: [{answer: the mole, at: [90, 10, 20, 20]}]
            themes: [building]

    Passes:

        # plan.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 18 L38 4" stroke="black"/></svg>

        # deck.yaml
        deck: Harbours
        questions:
          - id: mole
            image: plan.svg
            alt: A plan with a long line in the sea
            regions: [{answer: the mole, at: [80, 10, 20, 20]}]
            themes: [building]
    """
