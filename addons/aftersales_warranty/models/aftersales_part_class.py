from odoo import fields, models


class AftersalesPartClass(models.Model):
    """What a part is to a warranty: main part, wear part, consumable …

    A policy's terms hang on it. One class stands for the whole machine; a part whose
    class has no term of its own either follows the machine or is not covered at all.
    """

    _name = "aftersales.part.class"
    _description = "Part class"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_machine = fields.Boolean(
        string="Whole Machine",
        help="The class that stands for the machine as a whole; exactly one.",
    )
    fallback = fields.Selection(
        selection=[
            ("machine", "Follows the whole machine"),
            ("none", "Not covered"),
        ],
        string="Without a Term",
        required=True,
        default="machine",
        help="What holds for a part of this class when the policy has no term for it.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A class with this code exists.")
    _machine_uniq = models.UniqueIndex(
        "(is_machine) WHERE is_machine IS TRUE",
        "There can be only one class for the whole machine.",
    )
