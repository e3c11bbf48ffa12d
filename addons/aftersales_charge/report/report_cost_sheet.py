from odoo import api, models


class ReportCostSheet(models.AbstractModel):
    """The printed cost sheet (费用结算单), signed at the delivery."""

    _name = "report.aftersales_charge.report_cost_sheet"
    _description = "Cost sheet report"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["aftersales.delivery"].browse(docids)
        docs.check_access("read")
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            # sudo: the paper names the company's technician and card, which are hidden
            # from dealers; the right to the paper itself was checked
            "docs": docs.sudo(),
        }
