"""OD4xx: what a format cannot hold. Found by the writers."""

from octdeck.diagnostics import Severity


class OD401:
    """A character that no font for paper has, in a text or in an SVG picture.

    On the sheet, an empty box would stand in its place, and you would see it when the class does. The fonts that come
    with octdeck have the letters and signs of most languages that are written with an alphabet. A question with
    `paper: false` may have any character, as it comes into Anki alone.

    Fails:

        - id: signal
          question: What did a red flag on the mole mean?
          answer: The harbour is closed 🚢
          themes: [trade]

    Passes:

        - id: signal
          question: What did a red flag on the mole mean?
          answer: The harbour is closed
          themes: [trade]
    """


class OD402:
    """A question too long for a card to cut out; it is left out.

    `octdeck quiz --to cards` sets long texts smaller, but not so small that nobody can read them. Shorten the question,
    make several of it, or ask for eight cards a page instead of ten.

    Fails:

        - id: goods
          question: Put the goods in the order in which the harbour came to ship them.
          order:
            [slate, timber, wool, hides, salt, tar, hemp, iron, lead, lime, bricks, tiles, glass, rope, sails, oats,
            barley, malt, hops, cheese, butter, eggs]
          themes: [trade]

    Passes:

        - id: goods
          question: Put the goods in the order in which the harbour came to ship them.
          order: [slate, timber, wool, hides]
          themes: [trade]
    """

    severity: Severity = "warning"
