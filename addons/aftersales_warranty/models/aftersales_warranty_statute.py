from odoo import fields, models

INDUSTRIES = [
    ("farm", "Farm Machinery"),
    ("appliance", "Home Appliances"),
    ("computer", "Computers and IT"),
    ("car", "Household Cars"),
]
START_EVENTS = [
    ("invoice", "Invoice"),
    ("delivery", "Delivery"),
    ("acceptance", "Acceptance"),
    ("registration", "Registration"),
]


class AftersalesWarrantyStatute(models.Model):
    """A rule of law on repair, replacement and return, as records.

    Its periods are a floor under every policy that names it; its remedies say when a
    customer may have the goods replaced or returned.
    """

    _name = "aftersales.warranty.statute"
    _description = "Warranty statute"
    _order = "industry, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    industry = fields.Selection(selection=INDUSTRIES, required=True)
    issuer = fields.Char(translate=True, help="Issuing authority and order number.")
    date_from = fields.Date(string="In Force Since")
    date_to = fields.Date(string="In Force Until")
    start_event = fields.Selection(
        selection=START_EVENTS,
        required=True,
        default="invoice",
        help="What starts the period. With “Delivery”, the invoice date counts as long "
        "as no delivery date is known.",
    )
    stop_clock = fields.Boolean(
        string="Clock Stops in Repair",
        help="Days in repair are added to the end of the period.",
    )
    restart_on_exchange = fields.Boolean(
        default=True, help="After an exchange the whole period starts again."
    )
    note = fields.Text(translate=True)
    source = fields.Char(help="Where the text was read.")
    kind_ids = fields.One2many(
        "aftersales.warranty.kind", "statute_id", string="Kinds of Goods"
    )
    period_ids = fields.One2many(
        "aftersales.warranty.period", "statute_id", string="Minimum Periods"
    )
    remedy_ids = fields.One2many(
        "aftersales.warranty.remedy", "statute_id", string="Remedies and Duties"
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A statute with this code exists.")
