"""Bank to files, a writer a format."""
