from odoo import api, models


class ReportQualitySheet(models.AbstractModel):
    """The printed check sheet of a repair, all rounds."""

    _name = "report.aftersales_quality.report_quality_sheet"
    _description = "Quality check sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        repairs = self.env["repair.order"].browse(docids)
        repairs.check_access("read")
        return {
            "doc_ids": repairs.ids,
            "doc_model": repairs._name,
            # sudo: the paper names who checked, also the company's people; the right
            # to the repair was checked
            "docs": repairs.sudo(),
        }
