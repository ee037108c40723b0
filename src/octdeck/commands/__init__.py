"""Commands, one a file: each parses what it is given, calls one function and shows what came of it."""
