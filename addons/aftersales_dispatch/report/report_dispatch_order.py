from odoo import api, models


class ReportDispatchOrder(models.AbstractModel):
    """The printed dispatch order (派工单), one page as on paper."""

    _name = "report.aftersales_dispatch.report_dispatch_order"
    _description = "Dispatch order report"

    @api.model
    def _get_report_values(self, docids, data=None):
        jobs = self.env["aftersales.dispatch"].browse(docids)
        jobs.check_access("read")
        return {
            "doc_ids": jobs.ids,
            "doc_model": jobs._name,
            # sudo: the paper names the company technician and the card of a machine
            # that another dealer sold; the right to the job was checked
            "docs": jobs.sudo(),
        }
