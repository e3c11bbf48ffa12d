from odoo import api, models


class AftersalesImportKindCustomer(models.AbstractModel):
    """End customers, as a dealer keeps them in his own list.

    A customer is known by dealer, name and phone: a list may be sent again when it has
    grown.
    """

    _name = "aftersales.import.kind.customer"
    _inherit = ["aftersales.import.kind"]
    _description = "Import of customers"

    _import_dealers = True
    _import_batch = 500
    _import_policy = "good"
    _import_model = "res.partner"

    @api.model
    def check(self, job, table):
        known = self._get_known_customers(job)
        seen = {}
        names, phones = table.values["name"], table.values["phone"]
        for index, key in enumerate(zip(names, phones, strict=True)):
            if key in known:
                text = self.env._("This customer is in the database already.")
                table.skip(index, "name", text)
            elif key in seen:
                text = self.env._(
                    "This customer stands in row %(row)s already.",
                    row=table.get_label(seen[key]),
                )
                table.skip(index, "name", text)
            elif table.verdicts[index] == "ok":
                seen[key] = index

    def _get_known_customers(self, job):
        partners = self.env["res.partner"].search_fetch(
            [("dealer_id", "=", job.dealer_id.id)], ["name", "phone"]
        )
        return {(p.name, p.phone or None) for p in partners}

    @api.model
    def write_rows(self, job, table, indexes):
        partners = self.env["res.partner"].with_context(tracking_disable=True)
        partners.create([self._prepare_vals(job, table.get_row(i)) for i in indexes])
        return len(indexes)

    def _prepare_vals(self, job, row):
        return {
            "name": row["name"],
            "phone": row["phone"],
            "email": row["email"],
            "street": row["address"],
            "city": row["city"],
            "dealer_id": job.dealer_id.id,
            "import_job_id": job.id,
        }

    @api.model
    def get_result_domain(self, job):
        return [("import_job_id", "=", job.id)]
