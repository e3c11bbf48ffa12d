from datetime import datetime, time

from odoo import api, fields, models

from odoo.addons.aftersales_warranty.utils.card_import import (
    index_names,
    normalise_name,
)

# What people and systems write for the four outcomes.
RESULTS = {
    "fixed": "fixed repaired done ok 已修复 修复 修好 已修好 完成 已完成 正常",
    "repairable": "repairable in-progress pending 可修 可修复 待修 未完成 未修复",
    "end_of_life": "end-of-life end_of_life eol scrapped 报废 无法修复 不可修",
    "unknown": "unknown n/a 未知 不详 不明",
}
# A date without a time is kept as noon UTC: the same day in every inhabited time zone
# from UTC-12 to UTC+11, and in China.
NOON = time(12)
# Years and ages people type that no machine has.
YEARS = (1850, 2100)


class AftersalesImportKindHistory(models.AbstractModel):
    """Past repairs of dealers, as they come out of the system used before.

    Each row becomes a closed repair record without stock moves: no technician, no
    serial number, no case. A row is known by dealer and reference; without a reference
    by all it says. Rows stand alone, so that a wrong one is refused by itself.
    """

    _name = "aftersales.import.kind.history"
    _inherit = ["aftersales.import.kind"]
    _description = "Import of service history"

    _import_groups = "aftersales_dealer.group_manager"
    _import_batch = 4000
    _import_policy = "good"
    _import_model = "repair.order"

    @api.model
    def get_verdict_labels(self):
        return {
            **super().get_verdict_labels(),
            "fixed": self.env._("Fixed"),
            "repairable": self.env._("Repairable"),
            "end_of_life": self.env._("End of life"),
            "unknown": self.env._("Result unknown"),
        }

    @api.model
    def get_result_domain(self, job):
        return [("import_job_id", "=", job.id)]

    @api.model
    def check(self, job, table):
        self._resolve_dealers(job, table)
        self._resolve_products(job, table)
        self._check_dates(table)
        self._check_results(table)
        self._check_known(table)
        for index in table.get_importable():
            table.verdicts[index] = table.values["result"][index]

    def _resolve_dealers(self, job, table):
        dealers = self.env["aftersales.dealer"].search_fetch([], ["code", "name"])
        known = index_names((d.id, [d.code, d.name]) for d in dealers)
        refusal = self.env._("There is no dealer with this code or name.")
        missing = self._resolve(
            table, "dealer", known, None if job.create_dealers else refusal
        )
        if missing:
            table.notices.append(
                self.env._(
                    "%(count)s dealers are new and will be created: %(names)s.",
                    count=len(missing),
                    names=self._shorten(missing),
                )
            )

    def _resolve_products(self, job, table):
        products = self.env["product.product"].search_fetch(
            [], ["default_code", "barcode", "name"]
        )
        known = index_names(
            (p.id, [p.default_code, p.barcode, p.name]) for p in products
        )
        refusal = self.env._("There is no product with this reference or name.")
        missing = self._resolve(
            table, "product", known, None if job.create_products else refusal
        )
        if missing:
            table.notices.append(
                self.env._(
                    "%(count)s machines are new and will be created: %(names)s.",
                    count=len(missing),
                    names=self._shorten(missing),
                )
            )

    def _resolve(self, table, key, known, refusal):
        """``values[key + "_id"]``: id by name; a new name stays text, or is refused.

        :return: names that are not known, as first written
        """
        several = self.env._("Several records have this name; use the code.")
        missing = {}
        resolved = {}
        for text in set(table.values[key]) - {None}:
            name = normalise_name(text)
            resolved[text] = known.get(name, name)
        for index, text in enumerate(table.values[key]):
            found = resolved.get(text)
            if found is None and text is not None:
                table.refuse(index, key, several)
            elif isinstance(found, str):
                if refusal:
                    table.refuse(index, key, refusal)
                else:
                    missing.setdefault(found, text)
        table.values[f"{key}_id"] = [resolved.get(text) for text in table.values[key]]
        return list(missing.values())

    def _shorten(self, names):
        return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")

    def _check_dates(self, table):
        today = fields.Date.context_today(self)
        future = self.env._("This day lies in the future.")
        for index, day in enumerate(table.values["event_date"]):
            if day is not None and day > today:
                table.refuse(index, "event_date", future)
        low, high = YEARS
        for index, year in enumerate(table.values["year"]):
            if year is not None and not low <= year <= high:
                text = self.env._("This is no year of manufacture.")
                table.refuse(index, "year", text)

    def _check_results(self, table):
        known = {
            normalise_name(word).replace("-", " ").replace("_", " "): result
            for result, words in RESULTS.items()
            for word in words.split()
        }
        refusal = self.env._("Write: Fixed, Repairable, End of life or Unknown.")
        results = []
        for index, text in enumerate(table.values["result"]):
            name = normalise_name(text).replace("-", " ").replace("_", " ")
            result = known.get(name)
            if text is not None and result is None:
                table.refuse(index, "result", refusal)
            results.append(result)
        table.values["result"] = results

    def _get_keys(self, table):
        """What each row is known by."""
        values = table.values
        columns = ("event_date", "product_id", "result", "problem", "brand", "year")
        keys = []
        for index, reference in enumerate(values["reference"]):
            dealer = values["dealer_id"][index]
            if reference:
                keys.append((dealer, reference))
            else:
                keys.append((dealer, *(values[name][index] for name in columns)))
        return keys

    def _check_known(self, table):
        known = self._get_imported(table)
        seen = {}
        imported = self.env._("Imported already.")
        for index, key in enumerate(self._get_keys(table)):
            if table.verdicts[index] == "refused":
                continue
            if key in known:
                table.skip(index, "reference", imported)
            elif key in seen:
                text = self.env._(
                    "The same as row %(row)s.", row=table.get_label(seen[key])
                )
                table.skip(index, "reference", text)
            else:
                seen[key] = index

    def _get_imported(self, table):
        """Keys of the history in the database, of the dealers in the file."""
        dealer_ids = {i for i in table.values["dealer_id"] if isinstance(i, int)}
        repairs = self.env["repair.order"].search_fetch(
            [("is_history", "=", True), ("dealer_id", "in", list(dealer_ids))],
            [
                "dealer_id",
                "history_ref",
                "finished_at",
                "product_id",
                "history_result",
                "history_problem",
                "history_brand",
                "history_year",
            ],
        )
        return {self._get_key(repair) for repair in repairs}

    def _get_key(self, repair):
        dealer = repair.dealer_id.id
        if repair.history_ref:
            return (dealer, repair.history_ref)
        return (
            dealer,
            repair.finished_at.date(),
            repair.product_id.id,
            repair.history_result,
            repair.history_problem or None,
            repair.history_brand or None,
            repair.history_year or None,
        )

    @api.model
    def _to_moment(self, day):
        return datetime.combine(day, NOON)
