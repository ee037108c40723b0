"""`python -m octdeck`."""

from octdeck.cli import main

main(prog_name="octdeck")
