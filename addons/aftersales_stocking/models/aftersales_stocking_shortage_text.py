from odoo import api, models
from odoo.tools import format_date


class AftersalesStockingShortage(models.Model):
    """The verdict in words, in the reader's language, with plan, days and figures."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.shortage"

    @api.depends_context("lang")
    @api.depends("cause", "plan_id", "proposed", "planned", "received")
    def _compute_explanation(self):
        for shortage in self:
            words = shortage._get_words()
            texts = {**shortage._get_plan_texts(words), **shortage._get_texts(words)}
            shortage.explanation = texts.get(shortage.cause, "")

    def _get_words(self):
        """What the sentences name."""
        self.ensure_one()
        plan = self.plan_id
        return {
            "part": self.product_id.display_name or "",
            "plan": plan.display_name or "",
            "due": format_date(self.env, plan.due_date),
            "handed_in": format_date(self.env, plan.submitted_on),
            "refused": format_date(self.env, plan.refused_on),
            "back": format_date(self.env, plan.sent_back_on),
            "reason": plan.refuse_reason or "",
            "why": self.plan_line_id.dealer_reason or "",
            "since": format_date(self.env, self.since),
            **{
                name: f"{self[name]:g}"
                for name in ("proposed", "planned", "approved", "ordered", "received")
            },
        }

    def _get_plan_texts(self, words):
        """What went wrong before the season."""
        return {
            "no_plan": self.env._(
                "Nobody: no stocking plan covers %(since)s, none names %(part)s.",
                **words,
            ),
            "not_planned": self.env._(
                "Nobody: %(plan)s proposes no %(part)s for the season.", **words
            ),
            "refused": self.env._(
                "Dealer: he refused %(plan)s on %(refused)s (“%(reason)s”); "
                "%(proposed)s of %(part)s were proposed.",
                **words,
            ),
            "not_handed_in": self.env._(
                "Dealer: %(plan)s was due on %(due)s and not handed in; %(proposed)s "
                "of %(part)s were proposed.",
                **words,
            ),
            "sent_back": self.env._(
                "Dealer: %(plan)s was sent back on %(back)s and not handed in again; "
                "%(proposed)s of %(part)s were proposed.",
                **words,
            ),
            "lowered": self.env._(
                "Dealer: on %(plan)s he planned %(planned)s of %(part)s, %(proposed)s "
                "were proposed (“%(why)s”).",
                **words,
            ),
            "late": self.env._(
                "Dealer: %(plan)s was due on %(due)s and handed in on %(handed_in)s; "
                "%(received)s of %(planned)s %(part)s had arrived.",
                **words,
            ),
        }

    def _get_texts(self, words):
        """What went wrong after the plan was handed in."""
        return {
            "not_approved": self.env._(
                "Company: %(plan)s was handed in on %(handed_in)s and not decided on.",
                **words,
            ),
            "cut": self.env._(
                "Company: on %(plan)s it approved %(approved)s of the %(planned)s "
                "%(part)s that the dealer planned.",
                **words,
            ),
            "not_ordered": self.env._(
                "Dealer: on %(plan)s %(approved)s of %(part)s were approved and "
                "%(ordered)s ordered.",
                **words,
            ),
            "not_paid": self.env._(
                "Dealer: the order of %(plan)s is not sent or not paid; %(received)s "
                "of %(ordered)s %(part)s had arrived.",
                **words,
            ),
            "not_delivered": self.env._(
                "Company: of %(ordered)s %(part)s ordered by %(plan)s, %(received)s "
                "had arrived.",
                **words,
            ),
            "more_used": self.env._(
                "Nobody: %(plan)s was carried out, %(received)s of %(part)s received "
                "as planned; more was used than foreseen.",
                **words,
            ),
        }
