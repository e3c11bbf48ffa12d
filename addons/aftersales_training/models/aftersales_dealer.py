from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

COORDINATOR = "aftersales_dealer.group_training_coordinator"
FIGURES = COORDINATOR + ",aftersales_dealer.group_dealer_manager"


class AftersalesDealer(models.Model):
    """How well a dealer's people are trained: figures for his page and scorecards."""

    _inherit = "aftersales.dealer"

    certificate_coverage = fields.Float(
        compute="_compute_training_measures",
        string="Certified Technicians (%)",
        groups=FIGURES,
        help="Share of the technicians who hold a valid certificate today.",
    )
    exam_pass_rate = fields.Float(
        compute="_compute_training_measures",
        string="Exams Passed (%)",
        groups=FIGURES,
        help="Share of the exam attempts of the last twelve months that were passed.",
    )

    def _compute_training_measures(self):
        today = self.env.company._get_local_day()
        measures = self._get_training_measures(today - relativedelta(years=1), today)
        for dealer in self:
            figures = measures[dealer]
            dealer.certificate_coverage = figures["coverage"]
            dealer.exam_pass_rate = figures["pass_rate"]

    def _get_training_measures(self, date_from, date_to):
        """Training of each dealer's people in a period, both days included.

        Staff is counted as it is today; certificates as they were on ``date_to``.

        :return: dict of dealer → dict of numbers: ``staff`` (technicians),
            ``certified`` (of them with a certificate valid on ``date_to``),
            ``coverage`` (percent), ``exams`` (attempts concluded), ``passed``,
            ``pass_rate`` (percent), ``hours`` (attended) and ``hours_per_head``
            (hours per technician); shares of nothing are 0
        """
        staff = self._count_training_rows(
            "aftersales.staff", self._get_trainee_domain()
        )
        certified = self._count_training_rows(
            "aftersales.staff", self._get_certified_domain(date_to)
        )
        exams = self._get_exam_domain(date_from, date_to)
        counted = self._count_training_rows("aftersales.training.exam", exams)
        passed = self._count_training_rows(
            "aftersales.training.exam", exams & Domain("state", "=", "passed")
        )
        hours = self._count_training_rows(
            "aftersales.training.enrolment",
            self._get_attended_domain(date_from, date_to),
            "hours:sum",
        )
        return {
            dealer: self._prepare_training_figures(
                *(counts.get(dealer.id, 0) for counts in (staff, certified)),
                *(counts.get(dealer.id, 0) for counts in (counted, passed, hours)),
            )
            for dealer in self
        }

    def _count_training_rows(self, model, domain, aggregate="__count"):
        # sudo: figures of dealers whom the caller may read, no rows
        groups = (
            self.env[model]
            .sudo()
            ._read_group(
                Domain("dealer_id", "in", self.ids) & domain, ["dealer_id"], [aggregate]
            )
        )
        return {dealer.id: number for dealer, number in groups}

    @api.model
    def _prepare_training_figures(self, staff, certified, exams, passed, hours):
        return {
            "staff": staff,
            "certified": certified,
            "coverage": 100 * certified / staff if staff else 0.0,
            "exams": exams,
            "passed": passed,
            "pass_rate": 100 * passed / exams if exams else 0.0,
            "hours": hours,
            "hours_per_head": hours / staff if staff else 0.0,
        }

    # Domains of the measures, for lists behind a figure.

    @api.model
    def _get_trainee_domain(self):
        return Domain("role", "=", "technician")

    @api.model
    def _get_certified_domain(self, on_date):
        valid = self.env["aftersales.certificate"]._get_valid_domain(on_date)
        return self._get_trainee_domain() & Domain("certificate_ids", "any", valid)

    @api.model
    def _get_exam_domain(self, date_from, date_to):
        return (
            Domain("state", "in", ("passed", "failed"))
            & Domain("concluded_on", ">=", datetime.combine(date_from, time.min))
            & Domain("concluded_on", "<=", datetime.combine(date_to, time.max))
        )

    @api.model
    def _get_attended_domain(self, date_from, date_to):
        return (
            Domain("state", "=", "attended")
            & Domain("date_begin", ">=", datetime.combine(date_from, time.min))
            & Domain("date_begin", "<=", datetime.combine(date_to, time.max))
        )

    def action_open_training_matrix(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_training.aftersales_training_matrix_action"
        )
        return {**action, "domain": [("dealer_id", "=", self.id)]}
