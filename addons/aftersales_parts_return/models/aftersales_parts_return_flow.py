from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_parts_return import ASKED, DEALER_MANAGER


class AftersalesPartsReturn(models.Model):
    """The way of a return from the dealer's question to the inspector's answer."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return"

    def action_submit(self):
        """Ask the company to take the stock back.

        :raises UserError: no line, more than on hand, deemed sold, a reason that no
            longer holds, a serial number that is missing
        """
        for paper in self:
            paper._ensure_can("submit")
            paper._ensure_lines()
        self._transition("submit")
        # sudo: the dealer's own invoices are the company's papers
        self.sudo()._allocate_prices()

    def _ensure_lines(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%(paper)s has no line. Enter what you send back first.",
                    paper=self.name,
                )
            )
        self.line_ids._ensure_identified()
        # sudo: what other papers of the dealer ask for counts as well
        self._ensure_returnable(self.sudo()._get_asked_elsewhere())
        self.line_ids._ensure_reason_holds()

    def _ensure_returnable(self, asked=None):
        """Lines ask for no more than lies there and is not deemed sold.

        :param dict asked: pieces by (product, lot) that other papers will send
        :raises UserError: names the part and what can be returned
        """
        self.ensure_one()
        # sudo: stock is closed to dealers but for their own quantities
        paper = self.sudo()
        place = paper.dealer_id._get_stock_location()
        wanted = defaultdict(float)
        for line in paper.line_ids:
            wanted[line.product_id, line.lot_id] += line.quantity
        quants = self.env["stock.quant"].sudo()
        holdings = self.env["aftersales.parts.holding"].sudo()
        deemed = holdings._get_deemed(place, paper.line_ids.product_id)
        for (product, lot), quantity in wanted.items():
            key = (product.id, lot.id)
            quantity += (asked or {}).get(key, 0.0)
            quants._check_enough(product, place, quantity, lot)
            paper._ensure_not_deemed(product, lot, quantity, deemed.get(key))

    def _get_asked_elsewhere(self):
        """Pieces that other papers of the dealer are about to send."""
        groups = self.env["aftersales.parts.return.line"]._read_group(
            [
                ("dealer_id", "=", self.dealer_id.id),
                ("product_id", "in", self.line_ids.product_id.ids),
                ("state", "in", ASKED),
                ("return_id", "!=", self.id),
            ],
            ["product_id", "lot_id"],
            ["quantity:sum"],
        )
        return {(product.id, lot.id): total for product, lot, total in groups}

    def _ensure_not_deemed(self, product, lot, quantity, deemed):
        """:raises UserError: pieces that are deemed sold cannot come back"""
        if not deemed:
            return
        held, sales = deemed
        domain = [
            ("product_id", "=", product.id),
            ("location_id", "=", self.dealer_id._get_stock_location().id),
            ("lot_id", "=", lot.id),
        ]
        [(on_hand,)] = self.env["stock.quant"]._read_group(domain, [], ["quantity:sum"])
        free = (on_hand or 0.0) - held
        if product.uom_id.compare(quantity, free) > 0:
            raise UserError(
                self.env._(
                    "%(part)s%(lot)s: %(held)g pieces were not sold and not returned "
                    "in time and are deemed sold (%(sales)s); they stay with the "
                    "dealer. %(free)g can be returned: reduce the quantity.",
                    part=product.display_name,
                    lot=f" ({lot.name})" if lot else "",
                    held=held,
                    sales=", ".join(sales.mapped("name")),
                    free=max(free, 0.0),
                )
            )

    def action_approve(self):
        """The company takes the stock back; the dealer may ship.

        :raises UserError: the price paid for some pieces is not known
        """
        for paper in self:
            paper._ensure_can("approve")
        # sudo: prices follow from the invoices, and from what the manager entered
        papers = self.sudo()
        papers._allocate_prices()
        papers._ensure_priced()
        self._transition("approve")
        self._notify_dealer(self.env._("Ship the return"))

    def action_refuse(self):
        self._ensure_can("refuse")
        return self._open_explain("refuse")

    def _refuse(self, reason):
        """Answer the dealer that the stock is not taken back, and why."""
        self._transition("refuse", {"refusal_reason": reason})
        # sudo: what it would have been paid at is free for other returns
        self.sudo().line_ids.price_ids.unlink()
        self._notify_dealer(self.env._("Return refused: see why"))

    def _open_explain(self, step):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_parts_return.aftersales_parts_return_explain_action"
        )
        context = {"default_return_id": self.id, "default_step": step}
        return {**action, "context": context}

    def _notify_dealer(self, summary):
        """Plan an activity for a manager of the dealer, if he has one."""
        for paper in self.sudo():  # sudo: users of the dealer, who may be fenced
            managers = paper.dealer_id.user_ids.filtered(
                lambda user: user.has_group(DEALER_MANAGER)
            )
            for user in managers[:1]:
                paper.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id, summary=summary
                )

    def action_revise(self):
        """Take the paper back to change its lines."""
        self._transition("revise")
        # sudo: prices are found anew when it is submitted again
        self.sudo().line_ids.price_ids.unlink()

    def action_cancel(self):
        """Drop the return; nothing moved."""
        self._transition("cancel")
        # sudo: prices and activities of the company's people
        papers = self.sudo()
        papers.line_ids.price_ids.unlink()
        papers.activity_unlink(["mail.mail_activity_data_todo"])

    def action_ship(self):
        """The dealer hands the pieces to the carrier.

        :raises AccessError: somebody else than the dealer
        :raises UserError: no carrier or waybill, or the pieces are gone meanwhile
        """
        for paper in self:
            paper._ensure_can("ship")
            if not self.env.user.is_dealer and not self.env.su:
                raise AccessError(
                    self.env._("%(paper)s is shipped by its dealer.", paper=paper.name)
                )
            if not (paper.carrier and paper.waybill):
                raise UserError(
                    self.env._(
                        "%(paper)s: enter the carrier and the waybill number.",
                        paper=paper.name,
                    )
                )
        self._transition("ship", {"shipped_on": fields.Datetime.now()})
        for paper in self:
            paper._ensure_returnable()
        # sudo: the dealer shipped; the stock work follows from it
        papers = self.sudo()
        papers.line_ids._post_shipment()
        papers.activity_unlink(["mail.mail_activity_data_todo"])

    def action_receive(self):
        """Close the arrival: what was scanned is taken in, the rest is missing.

        :raises UserError: nothing was scanned
        """
        self.filtered("scan").action_scan()
        for paper in self:
            paper._ensure_can("receive")
            if not any(paper.line_ids.mapped("received")):
                raise UserError(
                    self.env._(
                        "%(paper)s: scan the pieces that came first, or enter them.",
                        paper=paper.name,
                    )
                )
        now = fields.Datetime.now()
        self._transition("receive", {"received_on": now, "received_by": self.env.uid})
        # sudo: the keeper received; the stock work follows from it
        papers = self.sudo()
        for paper in papers:
            paper.refit_rate = paper.company_id.aftersales_refit_rate
        for line in papers.line_ids:
            line.final_reason_id = line.reason_id
            line.disposition = line.reason_id.disposition
        papers.line_ids._post_receipt()
        for paper in papers:
            paper._tell_differences()

    def _tell_differences(self):
        """Let the dealer know what did not come, or came without being listed."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.missing or line.surplus)
        if not lines and not self.surplus_note:
            return
        texts = [
            self.env._(
                "%(part)s: listed %(listed)g, received %(received)g",
                part=line.product_id.display_name,
                listed=line.quantity,
                received=line.received,
            )
            for line in lines
        ]
        self.message_post(
            body=self.env._(
                "Differences on arrival: %(lines)s. What is missing is in the dealer's "
                "stock again; what was not listed needs a return of its own.",
                lines="; ".join([*texts, *(self.surplus_note or "").splitlines()]),
            )
        )

    def action_inspect(self):
        """Close the inspection: reasons, hours and places stand, the stock moves.

        :raises UserError: a line without disposition or finding
        """
        for paper in self:
            paper._ensure_can("inspect")
            paper.line_ids.filtered("accepted")._ensure_inspected()
        # sudo: prices follow from the invoices
        papers = self.sudo()
        papers._allocate_prices()
        papers._ensure_priced()
        self._transition(
            "inspect",
            {"inspected_on": fields.Datetime.now(), "inspected_by": self.env.uid},
        )
        for paper in papers:
            paper.line_ids._post_disposition()
