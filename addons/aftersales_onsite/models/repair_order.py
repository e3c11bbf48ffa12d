from odoo import api, fields, models
from odoo.fields import Domain


class RepairOrder(models.Model):
    """The proof of a visit: checks answered, photos taken, the customer's word."""

    _inherit = "repair.order"

    demands_proof = fields.Boolean(related="ticket_id.case_type_id.demands_proof")
    answer_ids = fields.One2many(
        "aftersales.repair.answer", "repair_id", string="Checks"
    )
    photo_ids = fields.One2many("aftersales.repair.photo", "repair_id", string="Photos")
    open_check_count = fields.Integer(
        string="Open Checks", compute="_compute_open_proof"
    )
    open_photo_count = fields.Integer(
        string="Missing Photos", compute="_compute_open_proof"
    )
    customer_rating = fields.Selection(
        selection=[
            ("1", "Very dissatisfied"),
            ("2", "Dissatisfied"),
            ("3", "Fair"),
            ("4", "Satisfied"),
            ("5", "Very satisfied"),
        ],
        copy=False,
        help="The customer gives it before he signs; his signature covers it.",
    )
    customer_remark = fields.Char(copy=False)
    checked_in_at = fields.Datetime(related="dispatch_id.checked_in_at")
    checked_out_at = fields.Datetime(related="dispatch_id.checked_out_at")

    @api.depends("answer_ids.answer", "photo_ids.has_image")
    def _compute_open_proof(self):
        for repair in self:
            repair.open_check_count = len(
                repair.answer_ids.filtered(lambda a: a.required and not a.answer)
            )
            repair.open_photo_count = len(
                repair.photo_ids.filtered(lambda p: p.required and not p.has_image)
            )

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        repairs._ask_for_proof()
        return repairs

    def _ask_for_proof(self):
        """Lay out the checks and photos that open repairs of cases want.

        What is there already stays as it is, so that it can be done again after the
        company has changed its lists.
        """
        # sudo: the rows are asked for by the company, whoever opens the repair
        for repair in self.sudo():
            if not repair.ticket_id or not repair._is_open():
                continue
            items = repair._get_wanted_checks() - repair.answer_ids.item_id
            kinds = repair._get_wanted_photos() - repair.photo_ids.type_id
            repair.answer_ids.create(
                [repair._prepare_answer_vals(item) for item in items]
            )
            repair.photo_ids.create(
                [repair._prepare_photo_vals(kind) for kind in kinds]
            )

    def _get_wanted_checks(self):
        """The checks that the company asks of this repair; extension point."""
        self.ensure_one()
        # sudo: see _ask_for_proof
        checklists = self.env["aftersales.checklist"].sudo()
        checklists = checklists.search(self._get_onsite_domain())
        return checklists._filter_applicable(self).item_ids

    def _get_wanted_photos(self):
        """The kinds of photo that the company asks of this repair; extension point."""
        self.ensure_one()
        # sudo: see _ask_for_proof
        kinds = self.env["aftersales.photo.type"].sudo()
        kinds = kinds.search(self._get_onsite_domain())
        return kinds._filter_applicable(self)

    def _get_onsite_domain(self):
        """Demands on cases of this repair's type."""
        self.ensure_one()
        return Domain("case_type_ids", "=", False) | Domain(
            "case_type_ids", "in", self.ticket_id.case_type_id.ids
        )

    def _prepare_answer_vals(self, item):
        self.ensure_one()
        place = item.checklist_id.sequence * 1000 + item.sequence
        return {"repair_id": self.id, "item_id": item.id, "sequence": place}

    def _prepare_photo_vals(self, kind):
        self.ensure_one()
        return {"repair_id": self.id, "type_id": kind.id, "sequence": kind.sequence}

    @api.model
    def _get_dealer_fields(self):
        return super()._get_dealer_fields() | {
            "answer_ids",
            "photo_ids",
            "customer_rating",
            "customer_remark",
        }

    def _get_missing(self):
        """Besides the lines and the signature: the proof of the visit."""
        return (
            super()._get_missing()
            + self._get_missing_lines()
            + [
                (bool(self.demands_proof and names), sentence)
                for names, sentence in self._get_missing_proof()
            ]
        )

    def _get_missing_lines(self):
        """Part lines that move nothing are mistakes, whatever the case."""
        self.ensure_one()
        empty = self.move_ids.filtered(
            lambda m: m.state != "cancel" and m.product_uom_qty <= 0
        )
        return [
            (
                bool(empty),
                self.env._(
                    "enter a quantity for %(parts)s, or remove the line.",
                    parts=", ".join(empty.mapped("product_id.display_name")),
                ),
            )
        ]

    def _get_missing_proof(self):
        """Pairs of (what is missing, sentence) where the case type demands proof."""
        self.ensure_one()
        repair = self.sudo()  # sudo: the company's lists are read for whoever finishes
        answered = repair.answer_ids.filtered("answer")
        unanswered = repair._get_wanted_checks() - answered.item_id
        unanswered = unanswered.filtered("required").mapped("name")
        unexplained = answered.filtered(
            lambda a: a.answer == "no" and not (a.remark or "").strip()
        ).mapped("name")
        taken = repair.photo_ids.filtered("has_image").type_id
        photos = (repair._get_wanted_photos() - taken).filtered("required")
        photos = photos.mapped("name")
        job = repair.dispatch_id
        return [
            (
                bool(job) and not job.stamp_ids,
                self.env._("check in on job %(job)s first.", job=job.name),
            ),
            (
                unanswered,
                self.env._("answer the checks: %(c)s.", c=", ".join(unanswered)),
            ),
            (
                unexplained,
                self.env._(
                    "say in the remark why the answer is No: %(checks)s.",
                    checks=", ".join(unexplained),
                ),
            ),
            (
                photos,
                self.env._("take the photos: %(photos)s.", photos=", ".join(photos)),
            ),
        ]

    def action_onsite(self):
        """Open the repair record as the technician sees it on his telephone."""
        self.ensure_one()
        self.check_access("read")
        self._ask_for_proof()
        view = self.env.ref("aftersales_onsite.repair_order_view_form_onsite")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("On Site"),
            "res_model": "repair.order",
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def action_open_visit(self):
        self.ensure_one()
        return self.dispatch_id.action_onsite()
