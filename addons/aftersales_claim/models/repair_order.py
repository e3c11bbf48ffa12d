from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..utils.roles import ACCOUNTANT, DEALER_USER, SUPPORT

CLAIMANTS = f"{DEALER_USER},{SUPPORT},{ACCOUNTANT}"


class RepairOrder(models.Model):
    _inherit = "repair.order"

    claim_ids = fields.One2many("aftersales.claim", "repair_id", string="Claims")
    claim_id = fields.Many2one("aftersales.claim", compute="_compute_claim_id")
    claim_state = fields.Char(string="Claim Status", compute="_compute_claim_id")
    can_create_claim = fields.Boolean(
        compute="_compute_can_create_claim", search="_search_can_create_claim"
    )

    @api.depends("claim_ids.state")
    @api.depends_context("lang")
    def _compute_claim_id(self):
        states = self.env["aftersales.claim"]._fields["state"]
        labels = dict(states._description_selection(self.env))
        for repair in self:
            repair.claim_id = repair.claim_ids[:1]
            repair.claim_state = labels.get(repair.claim_id.state, "")

    @api.depends("state", "dealer_id", "is_history", "claim_ids")
    @api.depends_context("uid")
    def _compute_can_create_claim(self):
        may = self.env.user.has_groups(CLAIMANTS)
        for repair in self:
            repair.can_create_claim = may and repair._is_claimable()

    def _search_can_create_claim(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            Domain("state", "=", "done")
            & Domain("dealer_id", "!=", False)
            & Domain("is_history", "=", False)
            & Domain("claim_ids", "=", False)
        )

    def _is_claimable(self):
        """Whether the repair is finished work of a dealer that nobody claimed yet."""
        self.ensure_one()
        return (
            self.state == "done"
            and bool(self.dealer_id)
            and not self.is_history
            and not self.claim_ids
        )

    def action_create_claim(self):
        """Draft one claim per repair record, with its positions.

        :raises AccessError: the user's role files no claims
        :raises UserError: a repair cannot be claimed; names it and says why
        """
        if not self.env.su and not self.env.user.has_groups(CLAIMANTS):
            raise AccessError(self.env._("Your role does not file claims."))
        self.check_access("read")
        # sudo: positions are closed to hand-editing, prices and rates to dealers; the
        # right to read the repairs was checked. Stock moves have no dealer access.
        repairs = self.sudo()
        repairs.lock_for_update(allow_referencing=True)
        for repair in repairs:
            repair._ensure_claimable()
        repairs.dealer_id._ensure_may_operate()
        claims = (
            self.env["aftersales.claim"]
            .sudo()
            .create([repair._prepare_claim_vals() for repair in repairs])
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_action"
        )
        if len(claims) == 1:
            return {
                **action,
                "views": [(False, "form")],
                "view_mode": "form",
                "res_id": claims.id,
            }
        return {**action, "domain": [("id", "in", claims.ids)], "context": {}}

    def _ensure_claimable(self):
        """:raises UserError: says what keeps this repair from being claimed"""
        self.ensure_one()
        if self._is_claimable():
            return
        name = self.display_name
        if self.claim_ids:
            raise UserError(
                self.env._(
                    "%(repair)s is claimed already by %(claim)s. A repair is claimed "
                    "once; open that claim instead.",
                    repair=name,
                    claim=self.claim_ids[0].name,
                )
            )
        if self.is_history:
            raise UserError(
                self.env._(
                    "%(repair)s is a past repair that was imported; it was settled "
                    "elsewhere and cannot be claimed.",
                    repair=name,
                )
            )
        if not self.dealer_id:
            raise UserError(
                self.env._(
                    "%(repair)s was done by our own people; only a dealer's repair is "
                    "claimed.",
                    repair=name,
                )
            )
        raise UserError(
            self.env._(
                "%(repair)s is not finished. Finish the repair record, with the "
                "customer's signature, then claim it.",
                repair=name,
            )
        )

    def _prepare_claim_vals(self):
        """Values of the claim of this repair; extension point."""
        self.ensure_one()
        return {
            "repair_id": self.id,
            "dealer_id": self.dealer_id.id,
            "company_id": self.company_id.id,
            "card_id": self.card_id.id,
            "repair_date": self._get_claim_date(),
            "claim_type_id": self._get_claim_type().id,
            "line_ids": [
                fields.Command.create(vals)
                for vals in self._prepare_claim_line_vals_list()
            ],
        }

    def _get_claim_date(self):
        """The day on which the repair was finished."""
        self.ensure_one()
        done = self.finished_at or self.schedule_date
        return fields.Datetime.context_timestamp(self, done).date()

    def _get_claim_type(self):
        """The claim type that is proposed; extension point.

        :raises UserError: none is configured
        """
        claim_type = self.env["aftersales.claim.type"].search([], limit=1)
        if not claim_type:
            raise UserError(
                self.env._(
                    "There is no claim type. Create one in Configuration / Claim Types."
                )
            )
        return claim_type

    def _prepare_claim_line_vals_list(self):
        """Values of the positions, from the parts, the labour and the travel."""
        self.ensure_one()
        moves = self.move_ids.filtered(
            lambda move: (
                move.repair_line_type == "add"
                and move.state == "done"
                and move.quantity
            )
        )
        verdicts = {move: self._get_verdict(part=move.product_id) for move in moves}
        service = self._get_service_verdict(
            [verdicts[move] for move in moves if move.covered]
        )
        lines = [self._prepare_part_line_vals(m, v) for m, v in verdicts.items()]
        lines += [
            self._prepare_labour_line_vals(labour, service)
            for labour in self.labour_ids
        ]
        if self.travel_km:
            lines.append(self._prepare_travel_line_vals(service))
        return lines

    def _get_service_verdict(self, part_verdicts):
        """The verdict for labour and travel.

        Work on a part that is covered for longer than the machine is covered with it:
        the best of the machine's verdict and those of the replaced covered parts.
        """
        candidates = [self._get_verdict(), *part_verdicts]
        return max(
            candidates, key=lambda v: (v.covered, v.labour_share, v.travel_share)
        )

    def _prepare_part_line_vals(self, move, verdict):
        return {
            **self._prepare_coverage_vals(verdict, verdict.parts_share, move.covered),
            "kind": "part",
            "sequence": 10,
            "name": move.product_id.display_name,
            "product_id": move.product_id.id,
            "quantity": move.quantity,
            "unit_price": self._get_claim_part_price(move),
            "move_id": move.id,
        }

    def _prepare_labour_line_vals(self, labour, verdict):
        return {
            **self._prepare_coverage_vals(
                verdict, verdict.labour_share, labour.covered
            ),
            "kind": "labour",
            "sequence": 20,
            "name": labour.operation_id.display_name or labour.display_name,
            "quantity": labour.hours,
            "unit_price": self.dealer_id.grade_id.labour_rate,
            "labour_id": labour.id,
        }

    def _prepare_travel_line_vals(self, verdict):
        return {
            **self._prepare_coverage_vals(verdict, verdict.travel_share, True),
            "kind": "travel",
            "sequence": 30,
            "name": self.env._("Travel (km)"),
            "quantity": self.travel_km,
            "unit_price": self.dealer_id.grade_id.travel_rate,
        }

    def _prepare_coverage_vals(self, verdict, share, is_ticked):
        """Share and reasons of a position; one not covered claims nothing."""
        covered = verdict.covered and is_ticked
        text = verdict.text
        if verdict.covered and not is_ticked:
            text = self.env._("Marked as not covered on the repair record.")
        return {
            "verdict_share": share if covered else 0.0,
            "is_covered": covered,
            "coverage_text": text,
            "is_from_record": True,
        }

    def _get_claim_part_price(self, move):
        """The dealer's price per unit of the movement, before tax.

        From the pricelist of his contact, on the day of the repair; without one, the
        sales price.
        """
        self.ensure_one()
        company = self.company_id
        pricelist = self.dealer_id.partner_id.with_company(
            company
        ).property_product_pricelist
        return pricelist._get_product_price(
            move.product_id.with_company(company),
            move.quantity,
            currency=company.currency_id,
            uom=move.product_uom,
            date=self._get_claim_date(),
        )

    def action_open_claim(self):
        self.ensure_one()
        return self.claim_id.get_formview_action()
