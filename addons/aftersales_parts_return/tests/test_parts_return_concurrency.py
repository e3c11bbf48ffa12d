from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestPartsReturnConcurrency(ConcurrencyCase):
    """Two clerks at once; three pieces were invoiced, each return asks for two."""

    def _create_data(self, env):
        partner = env["res.partner"].create({"name": self.code})
        dealer = env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": self.code}
        )
        product = env["product.product"].create(
            {"name": self.code, "is_storable": True, "taxes_id": [Command.clear()]}
        )
        env["stock.quant"]._update_available_quantity(product, dealer.location_id, 9)
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-06-01",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": 3,
                            "price_unit": 100.0,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        reason = env.ref("aftersales_parts_return.reason_quality")
        line = {"product_id": product.id, "quantity": 2, "reason_id": reason.id}
        vals = {"dealer_id": dealer.id, "line_ids": [Command.create(line)]}
        papers = env["aftersales.parts.return"].create([vals, vals])
        self.paper_ids, self.invoice_id = papers.ids, invoice.id
        self.dealer_id, self.product_id = dealer.id, product.id

    def _drop_data(self, env):
        """Posted entries cannot be deleted by the ORM: these were only for the test."""
        env.cr.execute(
            "UPDATE aftersales_parts_return SET state = 'draft' WHERE id = ANY(%s)",
            [self.paper_ids],
        )
        papers = env["aftersales.parts.return"].browse(self.paper_ids)
        papers.line_ids.price_ids.unlink()
        env.flush_all()
        papers.line_ids.unlink()
        env.flush_all()
        papers.unlink()
        for query, value in (
            ("DELETE FROM account_move_line WHERE move_id = %s", self.invoice_id),
            ("DELETE FROM account_move WHERE id = %s", self.invoice_id),
            ("DELETE FROM stock_quant WHERE product_id = %s", self.product_id),
        ):
            env.cr.execute(query, [value])
        env.invalidate_all()
        dealer = env["aftersales.dealer"].browse(self.dealer_id)
        partner, location = dealer.partner_id, dealer.location_id
        dealer.unlink()
        location.unlink()
        partner.unlink()
        product = env["product.product"].browse(self.product_id)
        product.product_tmpl_id.unlink()

    def _submit(self, number):
        def act(env):
            env["aftersales.parts.return"].browse(
                self.paper_ids[number]
            ).action_submit()

        return act

    def test_two_returns_never_share_an_invoiced_piece(self):
        answer = self._act_at_once(self._submit(0), self._submit(1))
        self.assertEqual(answer, "done")
        with self._transaction() as env:
            papers = env["aftersales.parts.return"].browse(self.paper_ids)
            self.assertEqual(papers.mapped("amount_goods"), [200.0, 100.0])
            self.assertEqual(papers.mapped("has_unpriced"), [False, True])

    def test_second_press_on_the_same_return(self):
        answer = self._act_at_once(self._submit(0), self._submit(0))
        self.assertIn("somebody else is changing this", answer)
        with self._transaction() as env:
            paper = env["aftersales.parts.return"].browse(self.paper_ids[0])
            self.assertEqual(sum(paper.line_ids.price_ids.mapped("quantity")), 2)
