"""What a web page of ours tells the browser about itself."""

import hashlib
from base64 import b64encode


def policy(style: str, script: str = "", *, sounds: bool = False) -> str:
    """What the browser may run and load: this style, this script, pictures that are in the file, nothing else.

    With `sounds`, those that are in the file too.
    """
    rules = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    rules += ["media-src data:"] * sounds
    rules += [f"{what}-src '{_digest(text)}'" for what, text in (("style", style), ("script", script)) if text]
    return "; ".join(rules)


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
