from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesStaff(models.Model):
    _inherit = "aftersales.staff"

    certificate_ids = fields.One2many("aftersales.certificate", "staff_id")
    certificate_count = fields.Integer(compute="_compute_certificate_count")
    is_certified = fields.Boolean(
        compute="_compute_certificate_count",
        search="_search_is_certified",
        help="Holds at least one valid certificate today.",
    )

    @api.depends("certificate_ids.state", "certificate_ids.valid_to")
    def _compute_certificate_count(self):
        Certificate = self.env["aftersales.certificate"]
        domain = Domain("staff_id", "in", self.ids) & Certificate._get_valid_domain()
        counts = dict(Certificate._read_group(domain, ["staff_id"], ["__count"]))
        for staff in self:
            staff.certificate_count = counts.get(staff, 0)
            staff.is_certified = bool(staff.certificate_count)

    @api.model
    def _search_is_certified(self, operator, value):
        if operator != "in":
            return NotImplemented
        valid = self.env["aftersales.certificate"]._get_valid_domain()
        return Domain("certificate_ids", "any", valid)

    @api.model_create_multi
    def create(self, vals_list):
        staff = super().create(vals_list)
        # sudo: a contact that became service staff brings his certificates along
        certificates = (
            self.env["aftersales.certificate"]
            .sudo()
            .search(
                [("partner_id", "in", staff.partner_id.ids), ("staff_id", "=", False)]
            )
        )
        self.env.add_to_compute(certificates._fields["staff_id"], certificates)
        return staff

    def _get_valid_scopes(self, on_date=None):
        """Qualifications held by each of these people on ``on_date`` (default: today).

        :return: dict of staff → ``aftersales.certificate.scope``, one query for all
        """
        Certificate = self.env["aftersales.certificate"]
        domain = Domain("staff_id", "in", self.ids)
        groups = Certificate._read_group(
            domain & Certificate._get_valid_domain(on_date),
            ["staff_id"],
            ["scope_id:recordset"],
        )
        held = dict(groups)
        empty = self.env["aftersales.certificate.scope"]
        return {staff: held.get(staff, empty) for staff in self}

    def _get_missing_scopes(
        self, product, on_date=None, requirements=("required",), work=None
    ):
        """Qualifications that work on ``product`` asks for and a person has not.

        :param work: what is done to it, as far as known; see
            ``aftersales.certificate.scope._concerns``
        :return: dict of staff → ``aftersales.certificate.scope``
        """
        asked = self.env["aftersales.certificate.scope"]._get_for_product(
            product, requirements, work
        )
        held = self._get_valid_scopes(on_date)
        return {staff: asked - held[staff] for staff in self}

    def action_open_certificates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_certificate.aftersales_certificate_action"
        )
        return {
            **action,
            "domain": [("staff_id", "=", self.id)],
            "context": {"default_partner_id": self.partner_id.id},
        }
