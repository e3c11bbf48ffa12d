# Run by ./test in `odoo shell`: are the exported terms in i18n/ what Odoo would export?
import io
import os
from pathlib import Path

import polib

from odoo.modules import get_module_path
from odoo.tools.translate import trans_export

FIELD = "model:ir.model.fields,"


def exported(addon):
    """The entries that Odoo finds in an installed addon now."""
    buffer = io.BytesIO()
    if not trans_export(None, [addon], buffer, "po", env):
        return []
    return polib.pofile(buffer.getvalue().decode())


def is_own(addon, entry):
    """Whether a term is the addon's: fields of mixins depend on what else is there."""
    places = [place for place, _line in entry.occurrences]
    return not all(place.startswith(FIELD) for place in places) or any(
        addon in defining_modules(place) for place in places
    )


def defining_modules(place):
    """The addons that define the field whose label or help this is."""
    field = env.ref(place.rpartition(":")[2], raise_if_not_found=False)
    if not field or field.model not in env:
        return ()
    return env[field.model]._fields[field.name]._modules


def entries_kept(addon):
    path = Path(get_module_path(addon), "i18n", f"{addon}.pot")
    return polib.pofile(str(path)) if path.exists() else []


for addon in os.environ["DEVKIT_ADDONS"].split(","):
    kept, now = entries_kept(addon), exported(addon)
    known, found = {entry.msgid for entry in kept}, {entry.msgid for entry in now}
    differing = [
        f"{verdict} {entry.msgid!r}"
        for verdict, entries, others in (
            ("missing", now, known),
            ("stale", kept, found),
        )
        for entry in entries
        if entry.msgid not in others and is_own(addon, entry)
    ]
    print("TERMS", addon, "; ".join(differing) or "equal")
