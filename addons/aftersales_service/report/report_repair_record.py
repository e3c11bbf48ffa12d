from odoo import api, models


class ReportRepairRecord(models.AbstractModel):
    """The printed repair record (维修记录单), one page as on paper."""

    _name = "report.aftersales_service.report_repair_record"
    _description = "Repair record report"

    @api.model
    def _get_report_values(self, docids, data=None):
        repairs = self.env["repair.order"].browse(docids)
        repairs.check_access("read")
        return {
            "doc_ids": repairs.ids,
            "doc_model": repairs._name,
            # sudo: the paper names the company technician and the card of a machine
            # that another dealer sold; the right to the repair was checked
            "docs": repairs.sudo(),
        }
