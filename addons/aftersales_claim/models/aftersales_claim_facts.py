from odoo import api, fields, models
from odoo.fields import Domain

DEAD_STATES = ("draft", "rejected")


class AftersalesClaim(models.Model):
    """The facts about a claim that rules may ask for in their domains."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.claim"

    is_reimbursable = fields.Boolean(
        string="Reimbursable",
        compute="_compute_is_reimbursable",
        compute_sudo=True,
        help="Whether the card entitles the dealer to be paid back at all; a slip that "
        "came late and was not waived does not.",
    )
    days_to_submit = fields.Integer(
        compute="_compute_days_to_submit",
        help="Days from the repair to the first filing, today if not filed yet.",
    )
    duplicate_id = fields.Many2one(
        "aftersales.claim",
        string="Duplicate of",
        compute="_compute_duplicate_id",
        compute_sudo=True,
        help="Earlier claim for the same machine, repaired on the same day, with a "
        "part or an operation in common.",
    )
    is_duplicate = fields.Boolean(compute="_compute_duplicate_id", compute_sudo=True)
    is_waiting_old_part = fields.Boolean(
        string="Waiting for Old Parts",
        compute="_compute_is_waiting_old_part",
        search="_search_is_waiting_old_part",
        compute_sudo=True,
        help="An old part of a claimed position was not inspected yet.",
    )

    @api.depends("card_id.reimbursable", "repair_id")
    def _compute_is_reimbursable(self):
        for claim in self:
            claim.is_reimbursable = claim.repair_id._get_verdict().reimbursable

    @api.depends("repair_date", "submitted_on")
    def _compute_days_to_submit(self):
        today = fields.Date.context_today(self)
        for claim in self:
            day = claim.submitted_on or today
            claim.days_to_submit = (day - (claim.repair_date or day)).days

    @api.depends("lot_id", "repair_date", "line_ids.product_id", "line_ids.labour_id")
    def _compute_duplicate_id(self):
        earlier = self._get_duplicate_candidates()
        for claim in self:
            mine = claim._get_work()
            claim.duplicate_id = earlier.filtered(
                lambda other, claim=claim, mine=mine: (
                    other.id < (claim._origin.id or 0)
                    and other.lot_id == claim.lot_id
                    and other.repair_date == claim.repair_date
                    and mine & other._get_work()
                )
            )[:1]
            claim.is_duplicate = bool(claim.duplicate_id)

    def _get_duplicate_candidates(self):
        """Live claims, of any dealer, for the same machines on the same days."""
        days = [day for day in self.mapped("repair_date") if day]
        if not days or not self.lot_id:
            return self.browse()
        return self.search(
            Domain("lot_id", "in", self.lot_id.ids)
            & Domain("repair_date", "in", days)
            & Domain("state", "not in", DEAD_STATES),
            order="id",
        )

    def _get_work(self):
        """Parts and operations of the claim, comparable between claims."""
        self.ensure_one()
        parts = {("part", product.id) for product in self.line_ids.product_id}
        operations = self.line_ids.labour_id.operation_id
        return parts | {("operation", operation.id) for operation in operations}

    @api.depends("line_ids.old_part_status", "line_ids.is_adjusted")
    def _compute_is_waiting_old_part(self):
        for claim in self:
            claim.is_waiting_old_part = bool(claim._get_waiting_old_parts())

    def _get_waiting_old_parts(self):
        """Old parts that hold up the claim's decision."""
        self.ensure_one()
        lines = self.line_ids.filtered(
            lambda line: line.old_part_status == "pending" and not line.is_adjusted
        )
        return lines.old_part_ids.filtered(lines._is_old_part_pending)

    def _search_is_waiting_old_part(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: the filter answers for claims the user may read; their old parts follow
        old_parts = self.env["aftersales.old.part"].sudo()
        pending = old_parts._search(
            Domain("state", "!=", "inspected") | Domain("disposition", "=", "disputed")
        )
        lines = (
            self.env["aftersales.claim.line"]
            .sudo()
            ._search(
                Domain("move_id", "in", pending.subselect("move_id"))
                & Domain("claimed", ">", 0)
                & Domain("is_adjusted", "=", False)
            )
        )
        return Domain("id", "in", lines.subselect("claim_id"))

    @api.model
    def _get_claims_of_old_parts(self, old_parts):
        return self.search(Domain("line_ids.move_id", "in", old_parts.move_id.ids))
