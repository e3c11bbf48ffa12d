from odoo import api, fields, models
from odoo.fields import Domain

# Whose attachments belong to the archive, with the field that leads to the subject.
DOCUMENTED = (
    "aftersales.warranty.card",
    "helpdesk.ticket",
    "repair.order",
    "aftersales.followup",
    "aftersales.complaint",
)


class AftersalesArchivePageMixin(models.AbstractModel):
    """The archive page of a customer or a machine: counts, documents, history."""

    _name = "aftersales.archive.page.mixin"
    _description = "Archive page"

    # The field of the documents that names the subject of the page.
    _archive_field = None

    archive_event_ids = fields.One2many(
        "aftersales.archive.event", compute="_compute_archive_event_ids"
    )
    archive_case_count = fields.Integer(
        string="Number of Cases", compute="_compute_archive_counts"
    )
    archive_repair_count = fields.Integer(
        string="Number of Repairs", compute="_compute_archive_counts"
    )
    archive_score = fields.Float(
        string="Satisfaction",
        compute="_compute_archive_counts",
        digits=(3, 1),
        help="Average of the customer's scores, 1 to 5; 0 while nobody answered.",
    )
    archive_document_count = fields.Integer(
        string="Documents", compute="_compute_archive_document_count"
    )

    @api.depends_context("uid")
    def _compute_archive_event_ids(self):
        groups = dict(
            self.env["aftersales.archive.event"]._read_group(
                [(self._archive_field, "in", self.ids)],
                [self._archive_field],
                ["id:recordset"],
            )
        )
        for record in self:
            events = groups.get(record, self.env["aftersales.archive.event"])
            record.archive_event_ids = events.sorted(
                lambda event: (event.date, event.id), reverse=True
            )

    @api.depends_context("uid")
    def _compute_archive_counts(self):
        cases = self._get_archive_groups("helpdesk.ticket", "__count")
        repairs = self._get_archive_groups(
            "repair.order", "__count", Domain("state", "=", "done")
        )
        scores = self._get_archive_groups(
            "aftersales.followup", "score_value:avg", Domain("score_value", ">", 0)
        )
        for record in self:
            record.archive_case_count = cases.get(record, 0)
            record.archive_repair_count = repairs.get(record, 0)
            record.archive_score = scores.get(record, 0.0)

    def _get_archive_groups(self, model, aggregate, domain=Domain.TRUE):
        """One figure of each record's documents, as far as the user may see them."""
        field = self._archive_field
        return dict(
            self.env[model]._read_group(
                Domain(field, "in", self.ids) & domain, [field], [aggregate]
            )
        )

    @api.depends_context("uid")
    def _compute_archive_document_count(self):
        for record in self:
            record.archive_document_count = self.env["ir.attachment"].search_count(
                record._get_archive_document_domain()
            )

    def _get_archive_document_domain(self):
        """Files of the record's documents: photos, invoices, signed papers."""
        self.ensure_one()
        return Domain.OR(
            Domain("res_model", "=", model)
            & Domain("res_id", "in", self._get_archive_documents(model).ids)
            & Domain("res_field", "=", False)
            for model in DOCUMENTED
        )

    def _get_archive_documents(self, model):
        self.ensure_one()
        return self.env[model].search([(self._archive_field, "=", self.id)])

    # BUTTONS

    def action_open_archive_cases(self):
        """The record's cases, newest first."""
        return self._get_archive_action("aftersales_service.helpdesk_ticket_action")

    def action_open_archive_repairs(self):
        """The record's finished repairs."""
        action = self._get_archive_action("aftersales_service.repair_order_action")
        domain = Domain(action["domain"]) & Domain("state", "=", "done")
        return {**action, "domain": list(domain)}

    def action_open_archive_followups(self):
        """What the customer said when he was asked."""
        return self._get_archive_action("aftersales_service.aftersales_followup_action")

    def action_open_archive_documents(self):
        """The files of all its documents."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "ir.attachment",
            "view_mode": "kanban,list,form",
            "domain": list(self._get_archive_document_domain()),
            "context": {"create": False},
            "help": self.env._(
                "<p class='o_view_nocontent_smiling_face'>No document yet</p>"
                "<p>Photos, invoices and signed papers of the cards, cases and repairs "
                "appear here.</p>"
            ),
        }

    def _get_archive_action(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {
            **action,
            "domain": [(self._archive_field, "=", self.id)],
            "context": {"create": False},
        }
