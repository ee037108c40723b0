"""octdeck: questions in YAML to Anki decks and printable quizzes, every card traced to its paragraph."""

__version__ = "0.1.0"
