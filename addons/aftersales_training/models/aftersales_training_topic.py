from odoo import fields, models


class AftersalesTrainingTopic(models.Model):
    _name = "aftersales.training.topic"
    _description = "Training Topic"
    _order = "content, sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    content = fields.Selection(
        selection=[
            ("product", "Product Knowledge"),
            ("repair", "Repair Skills"),
            ("manners", "Service Manners"),
            ("technique", "New Technique"),
            ("safety", "Safety"),
            ("onboarding", "Onboarding"),
        ],
        required=True,
        default="product",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another topic has this code. Choose another code."
    )
