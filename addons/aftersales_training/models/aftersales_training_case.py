from odoo import fields, models

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

COORDINATOR = "aftersales_dealer.group_training_coordinator"


class AftersalesTrainingCase(models.Model):
    """A repair worth talking about, good or bad, without names."""

    _name = "aftersales.training.case"
    _description = "Training Case"
    _inherit = ["aftersales.transition.mixin", "mail.thread"]
    _order = "id desc"

    _transitions = {
        "publish": Transition(("draft",), "published", COORDINATOR),
        "unpublish": Transition(("published",), "draft", COORDINATOR),
    }

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        selection=[("good", "Good Example"), ("bad", "Bad Example")],
        required=True,
        default="good",
    )
    topic_id = fields.Many2one("aftersales.training.topic", index="btree_not_null")
    categ_id = fields.Many2one("product.category", string="Product Family")
    course_ids = fields.Many2many("aftersales.training.course", string="Used In")
    situation = fields.Html(help="What the customer saw; no names, no numbers.")
    cause = fields.Html()
    action = fields.Html(string="What Was Done")
    lesson = fields.Html(string="What to Learn")
    state = fields.Selection(
        selection=[("draft", "Draft"), ("published", "Published")],
        default="draft",
        required=True,
        tracking=True,
    )
    can_publish = fields.Boolean(compute="_compute_can")
    can_unpublish = fields.Boolean(compute="_compute_can")

    def action_publish(self):
        self._transition("publish")

    def action_unpublish(self):
        self._transition("unpublish")
