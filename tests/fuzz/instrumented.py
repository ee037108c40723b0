"""The modules that reader.py puts inputs into, so imported that atheris sees where in them an input leads.

To be imported before anything else imports octdeck.
"""

import atheris

with atheris.instrument_imports(include=["octdeck"]):
    from octdeck import article, lock, notes, report, sheet
    from octdeck.readers import yaml

__all__ = ["article", "lock", "notes", "report", "sheet", "yaml"]
