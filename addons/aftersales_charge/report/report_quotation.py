from odoo import api, models


class ReportQuotation(models.AbstractModel):
    """The printed quotation (报价单) for a customer."""

    _name = "report.aftersales_charge.report_quotation"
    _description = "Service quotation report"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["aftersales.quotation"].browse(docids)
        docs.check_access("read")
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            # sudo: the paper names the company's technician and card, which are hidden
            # from dealers; the right to the paper itself was checked
            "docs": docs.sudo(),
        }
