"""The fonts of paper, and the text that they surely have."""

import re
from typing import Final

# What one lacks, the next may have. Noto Sans comes in a package of its own, all others with Typst.
FONTS: Final = {
    "serif": ("Libertinus Serif", "Noto Sans"),
    "sans": ("Noto Sans", "Libertinus Serif"),
    "mono": ("DejaVu Sans Mono", "Noto Sans"),
}

KNOWN: Final = re.compile(
    "[\n -~\xa0-\xff"  # ASCII and Latin-1
    "\u0100-\u024f\u1e00-\u1eff"  # Latin Extended-A and -B, Additional: Czech, Polish, Turkish, Vietnamese
    "\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u04ff"  # Greek and Cyrillic
    "\u2010-\u2027\u202f-\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212]*"  # typographic punctuation, € № ™ ← ↑ → ↓ −
)
"""Text that the fonts can show; all other characters are tried out."""
