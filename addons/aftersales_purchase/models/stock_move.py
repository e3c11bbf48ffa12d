from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS


class StockMove(models.Model):
    _inherit = "stock.move"

    incoming_inspection_ids = fields.One2many(
        "aftersales.incoming.inspection", "move_id", groups=COST_GROUPS
    )

    def _is_from_supplier(self):
        """Whether the line brings parts of a supplier into our stock."""
        self.ensure_one()
        return (
            self.state not in ("done", "cancel")
            and self.location_id.usage == "supplier"
            and self.location_dest_id.usage in ("internal", "transit")
            and not self.origin_returned_move_id
            and self.product_id._is_bought_part()
        )

    def _get_supplier(self):
        self.ensure_one()
        partner = self.picking_id.partner_id or self.purchase_line_id.partner_id
        return partner.commercial_partner_id

    def _get_sampling_plans(self):
        """The lines to inspect, with their plan; the others are not in it."""
        incoming = self.filtered(lambda move: move._is_from_supplier())
        if not incoming:
            return {}
        # sudo: plans bind whoever receives goods, also who does not keep them
        plans = self.env["aftersales.sampling.plan"].sudo()
        plans = plans.search([("active", "=", True)])
        found = {m: plans._find_plan(m.product_id, m._get_supplier()) for m in incoming}
        return {move: plan for move, plan in found.items() if plan}

    def _get_live_inspection(self):
        # sudo: whoever receives goods is bound by the inspector's decision
        inspections = self.sudo().incoming_inspection_ids
        return inspections.filtered(lambda i: i.state != "cancelled")

    def _get_received_pieces(self):
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    # INSPECTION

    def _ask_for_inspection(self):
        """Make the inspections of these lines that have none yet.

        :return: all inspections of them that are not decided
        """
        vals_list = [
            move._prepare_inspection_vals(plan)
            for move, plan in self._get_sampling_plans().items()
            if not move._get_live_inspection()
        ]
        # sudo: the lot and its plan are facts of the receipt that nobody enters
        inspections = self.env["aftersales.incoming.inspection"].sudo()
        # a cancelled one has to be off the unique index first
        inspections.flush_model(["state"])
        inspections.create(vals_list)
        return self._get_live_inspection().filtered(lambda i: i.state == "pending")

    def _prepare_inspection_vals(self, plan):
        self.ensure_one()
        lot_size = self._get_received_pieces()
        sample, accept, reject = plan._get_sampling(lot_size)
        # sudo: everybody who receives goods draws a number
        sequence = self.env["ir.sequence"].sudo().with_company(self.company_id)
        return {
            "name": sequence.next_by_code("aftersales.incoming.inspection") or "/",
            "company_id": self.company_id.id,
            "move_id": self.id,
            "partner_id": self._get_supplier().id,
            "lot_size": lot_size,
            "counted_by": self.env.uid,
            "plan_id": plan.id,
            "sample_size": sample,
            "accept_number": accept,
            "reject_number": reject,
        }

    def _action_done(self, cancel_backorder=False):
        incoming = self.filtered(
            lambda move: move.picked and move.quantity > 0 and move._is_from_supplier()
        )
        incoming._ensure_inspected()
        rejected = incoming.filtered(
            lambda move: move._get_live_inspection().state == "rejected"
        )
        rejected._send_to_rejected_goods()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        incoming.exists().purchase_line_id._stamp_delivery()
        rejected._return_to_supplier()
        return done

    def _ensure_inspected(self):
        """Refuse to book a lot that is not decided, or was counted otherwise.

        :raises UserError: names the line and what to do
        """
        for move in self._get_sampling_plans():
            inspection = move._get_live_inspection()
            if inspection.state in (False, "pending"):
                raise UserError(
                    self.env._(
                        "%(part)s on %(receipt)s has to be inspected first. Validate "
                        "the receipt to ask for it, and wait for the decision.",
                        part=move.product_id.display_name,
                        receipt=move.picking_id.name or move.reference,
                    )
                )
            move._ensure_counted_as(inspection)

    def _ensure_counted_as(self, inspection):
        """:raises UserError: other pieces are to be booked than were inspected"""
        self.ensure_one()
        pieces = self._get_received_pieces()
        if self.product_id.uom_id.compare(pieces, inspection.lot_size):
            raise UserError(
                self.env._(
                    "%(part)s on %(receipt)s: %(lot)g pieces were inspected "
                    "(%(inspection)s) and %(pieces)g are to be booked. Correct the "
                    "quantity, or have the decision annulled and inspect anew.",
                    part=self.product_id.display_name,
                    receipt=self.picking_id.name or self.reference,
                    lot=inspection.lot_size,
                    inspection=inspection.name,
                    pieces=pieces,
                )
            )

    def _send_to_rejected_goods(self):
        """Book rejected lots to a place that nothing is issued from."""
        for move in self:
            place = move.company_id._get_rejected_location()
            move.write({"location_dest_id": place.id, "location_final_id": place.id})
            move.move_line_ids.location_dest_id = place

    def _return_to_supplier(self):
        """Make the return of rejected lots, for the keeper to ship."""
        for picking, moves in self.grouped("picking_id").items():
            if not picking:
                continue
            wizard = self.env["stock.return.picking"].create(
                {
                    "picking_id": picking.id,
                    "rejected_location_id": moves.location_dest_id.id,
                }
            )
            for line in wizard.product_return_moves:
                line.quantity = line.move_id.quantity if line.move_id in moves else 0
            return_picking = wizard._create_return()
            inspections = moves._get_live_inspection()
            inspections.return_picking_id = return_picking
