# Run by ./test in `odoo shell`: are the exported terms in i18n/ what Odoo would export?
import io
import os
from pathlib import Path

import polib

from odoo.modules import get_module_path
from odoo.tools.translate import trans_export


def exported(addon):
    """The messages that Odoo finds in an installed addon now."""
    buffer = io.BytesIO()
    if not trans_export(None, [addon], buffer, "po", env):
        return set()
    return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}


for addon in os.environ["DEVKIT_ADDONS"].split(","):
    path = Path(get_module_path(addon), "i18n", f"{addon}.pot")
    kept = (
        {entry.msgid for entry in polib.pofile(str(path))} if path.exists() else set()
    )
    now = exported(addon)
    words = [f"missing {text!r}" for text in sorted(now - kept)]
    words += [f"stale {text!r}" for text in sorted(kept - now)]
    print("TERMS", addon, "; ".join(words) or "equal")
