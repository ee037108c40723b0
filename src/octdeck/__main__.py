"""`python -m octdeck`."""

from octdeck.cli import main

if __name__ == "__main__":
    main(prog_name="octdeck")
