"""OD0xx: what is not YAML as octdeck reads it. Found by sourcemap.py and syntax.py."""


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
