"""What octdeck costs beside what others cost for the same work; each result is a ratio within one run."""
