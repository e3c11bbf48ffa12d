import re

from odoo import api, models
from odoo.fields import Domain

# "4LZ-6.0 x2; 4LZ-8.0": a machine's number or name, and pieces per machine
MACHINES = re.compile(r"[;；、\n]+")
PIECES = re.compile(
    r"^(?P<name>.+?)\s*(?:[x×*]\s*(?P<count>\d+(?:\.\d+)?))?$", re.IGNORECASE
)


class AftersalesImportKindPart(models.AbstractModel):
    """A price list of parts: new numbers are created, known ones updated.

    A part is known by its number. Empty cells leave what is there; a row that would
    change nothing is skipped, so that a list may be sent again.
    """

    _name = "aftersales.import.kind.part"
    _inherit = ["aftersales.import.kind"]
    _description = "Import of parts and prices"

    _import_groups = "aftersales_dealer.group_parts_keeper"
    _import_batch = 200
    _import_policy = "good"
    _import_model = "product.product"
    # How a part is followed, as lists write it
    _tracking_words = {
        "serial": "serial",
        "序列号": "serial",
        "lot": "lot",
        "batch": "lot",
        "批次": "lot",
        "批号": "lot",
        "none": "none",
        "无": "none",
        "不追溯": "none",
    }

    @api.model
    def get_verdict_labels(self):
        return {**super().get_verdict_labels(), "update": self.env._("To update")}

    @api.model
    def check(self, job, table):
        known = self._get_known(table)
        first_row = {}
        for index in range(len(table)):
            if table.verdicts[index] != "ok":
                continue
            row = table.get_row(index)
            refusal = self._get_refusal(row, known)
            number = row["number"]
            if refusal:
                table.refuse(index, *refusal)
            elif number in first_row:
                text = self.env._(
                    "This part stands in row %(row)s already.",
                    row=table.get_label(first_row[number]),
                )
                table.skip(index, "number", text)
            else:
                first_row[number] = index
                self._judge_known(index, row, table, known)

    def _judge_known(self, index, row, table, known):
        part = known["parts"].get(row["number"])
        if not part:
            return
        if self._get_changes(row, part, known):
            table.verdicts[index] = "update"
        else:
            text = self.env._("This part is in the database just so.")
            table.skip(index, "number", text)

    def _get_refusal(self, row, known):
        """What is wrong with a row: key of the field and sentence, or ``None``."""
        if (row["price"] or 0) < 0:
            return "price", self.env._("A price cannot be below zero.")
        for key in ("part_class", "unit", "category"):
            if row[key] and row[key].lower() not in known[key]:
                return key, self.env._(
                    "“%(value)s” is not known. Create it, or correct the list.",
                    value=row[key],
                )
        refusal = self._get_tracking_refusal(row, known)
        if refusal:
            return refusal
        part = known["parts"].get(row["number"])
        if not part and not row["name"]:
            return "name", self.env._("A new part needs a name.")
        unit = known["unit"].get((row["unit"] or "").lower())
        if part and unit and part.uom_id != unit:
            return "unit", self.env._(
                "This part is counted in %(unit)s; a counted part cannot change its "
                "unit. Correct the list.",
                unit=part.uom_id.name,
            )
        return self._get_fit_refusal(row, known) or self._get_old_refusal(row, known)

    def _get_tracking_refusal(self, row, known):
        """A part with stock keeps the way it is followed; its pieces have no number."""
        word = row["tracking"]
        if not word:
            return None
        tracking = self._tracking_words.get(word.lower())
        if not tracking:
            return "tracking", self.env._(
                "“%(value)s” is not known. Write serial, lot or none (序列号, 批次, "
                "无).",
                value=word,
            )
        part = known["parts"].get(row["number"])
        if part and part.tracking != tracking and part._has_stock():
            return "tracking", self.env._(
                "Pieces of this part are in stock; how it is followed cannot change "
                "any more. Correct the list."
            )
        return None

    def _get_fit_refusal(self, row, known):
        for name, _count in _split_machines(row["fits"]):
            if name.lower() not in known["machine"]:
                return "fits", self.env._(
                    "No machine has the number or name “%(name)s”. Create it, or "
                    "correct the list.",
                    name=name,
                )
        return None

    def _get_old_refusal(self, row, known):
        old = row["supersedes"]
        if not old:
            return None
        if old == row["number"]:
            return "supersedes", self.env._("A part cannot supersede itself.")
        if old not in known["parts"] and old not in known["numbers"]:
            return "supersedes", self.env._(
                "The old number “%(old)s” is not known. Add it to the list.", old=old
            )
        successor = known["parts"].get(old) and known["parts"][old].superseded_by_id
        if successor and successor.default_code != row["number"]:
            return "supersedes", self.env._(
                "The old number is superseded by %(new)s already. Correct the list.",
                new=successor.display_name,
            )
        return None

    @api.model
    def _get_known(self, table):
        """What the rows refer to, with one query per kind of record."""
        numbers = {number for number in table.values["number"] if number}
        wanted = numbers | {old for old in table.values["supersedes"] if old}
        products = self.env["product.product"].with_context(active_test=False)
        machines = self.env["product.template"].search([("is_machine", "=", True)])
        return {
            "numbers": numbers,
            "parts": {
                part.default_code: part
                for part in products.search([("default_code", "in", list(wanted))])
            },
            "part_class": self._get_by_name("aftersales.part.class", "name", "code"),
            "unit": self._get_by_name("uom.uom", "name"),
            "category": self._get_by_name("product.category", "name", "complete_name"),
            "machine": _by_name(machines, "name", "default_code"),
        }

    def _get_by_name(self, model, *names):
        """All records of a small table by each of their names, in lower case."""
        return _by_name(self.env[model].search(Domain.TRUE), *names)

    @api.model
    def write_rows(self, job, table, indexes):
        known = self._get_known(table)
        rows = [table.get_row(index) for index in indexes]
        fresh = [row for row in rows if row["number"] not in known["parts"]]
        products = self.env["product.product"].with_context(tracking_disable=True)
        created = products.create([self._prepare_vals(row, known) for row in fresh])
        known["parts"].update({part.default_code: part for part in created})
        for row in rows:
            part = known["parts"][row["number"]]
            if part not in created:
                part.write(self._get_changes(row, part, known))
            self._write_fits(row, part, known)
        self._write_supersessions(table, max(indexes, default=-1) + 1, known)
        return len(rows)

    def _prepare_vals(self, row, known):
        return {
            "type": "consu",
            "is_storable": True,
            "default_code": row["number"],
            **self._get_values(row, known),
        }

    def _get_values(self, row, known):
        """Field values of the cells that hold something."""
        texts = {
            "name": "name",
            "part_spec": "spec",
            "part_model": "model",
            "list_price": "price",
            "is_wear_part": "wear",
            "old_part_required": "old_part",
            "is_part_returnable": "returnable",
            "storage_place": "place",
            "barcode": "barcode",
        }
        values = {field: row[key] for field, key in texts.items()}
        word = row["tracking"]
        values["tracking"] = self._tracking_words[word.lower()] if word else None
        links = {
            "part_class_id": "part_class",
            "uom_id": "unit",
            "categ_id": "category",
        }
        for field, key in links.items():
            found = row[key] and known[key][row[key].lower()]
            values[field] = found and found.id
        return {field: value for field, value in values.items() if value is not None}

    def _get_changes(self, row, part, known):
        """What the row says otherwise than the part; links of fits are told apart."""
        changes = {}
        for field, value in self._get_values(row, known).items():
            current = part[field]
            if hasattr(current, "_ids"):
                current = current.id
            if (current or False) != (value or False):
                changes[field] = value
        if not changes and self._has_new_links(row, part, known):
            changes["default_code"] = part.default_code
        return changes

    def _has_new_links(self, row, part, known):
        there = {(fit.machine_id, fit.quantity) for fit in part.fit_ids}
        fits = set(self._get_fits(row, known).items())
        old = row["supersedes"]
        return not fits <= there or bool(
            old and old not in part.predecessor_ids.old_id.mapped("default_code")
        )

    def _get_fits(self, row, known):
        """Pieces per machine by machine."""
        return {
            known["machine"][name.lower()]: count
            for name, count in _split_machines(row["fits"])
        }

    def _write_fits(self, row, part, known):
        there = {fit.machine_id: fit for fit in part.fit_ids}
        vals_list = []
        for machine, count in self._get_fits(row, known).items():
            if machine not in there:
                vals_list.append(
                    {
                        "part_id": part.id,
                        "machine_id": machine.id,
                        "quantity": count,
                    }
                )
            elif there[machine].quantity != count:
                there[machine].quantity = count
        self.env["aftersales.part.fit"].create(vals_list)

    def _write_supersessions(self, table, stop, known):
        """Old numbers of the rows so far: an old part may stand below the new one."""
        vals_list = []
        for index in table.get_importable(0, stop):
            old = known["parts"].get(table.values["supersedes"][index])
            new = known["parts"].get(table.values["number"][index])
            if old and new and old.superseded_by_id != new:
                vals_list.append({"old_id": old.id, "new_id": new.id})
        self.env["aftersales.part.supersession"].create(vals_list)


def _split_machines(text):
    """Pairs of machine and pieces.

    >>> _split_machines("4LZ-6.0 x2；4LZ-8.0")
    [('4LZ-6.0', 2.0), ('4LZ-8.0', 1.0)]
    >>> _split_machines(None)
    []
    """
    pairs = []
    for entry in MACHINES.split(text or ""):
        if entry.strip():
            match = PIECES.match(entry.strip())
            pairs.append((match["name"], float(match["count"] or 1)))
    return pairs


def _by_name(records, *names):
    found = {}
    for record in records:
        for name in names:
            if record[name]:
                found[record[name].lower()] = record
    return found
