from odoo import api, fields, models, tools

# How many sources the view may ever have: a row's id is that of its document times
# this, plus the number of its source. Raising it renumbers the rows of a view, no data.
SOURCES = 32


class AftersalesArchiveEvent(models.Model):
    """One thing that happened to a machine or a customer (客户档案), in time.

    A view over the documents themselves, so that it cannot disagree with them. An addon
    whose documents belong into the archive adds a source in :meth:`_get_sources`.
    """

    _name = "aftersales.archive.event"
    _description = "Archive event"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "reference"

    date = fields.Datetime(readonly=True)
    kind = fields.Selection(
        [
            ("sale", "Sold"),
            ("reading", "Meter Read"),
            ("case", "Reported"),
            ("visit", "Visited"),
            ("solved", "Resolved"),
            ("repair", "Repaired"),
            ("part", "Part Replaced"),
            ("old_part", "Old Part Inspected"),
            ("followup", "Asked"),
            ("complaint", "Complained"),
        ],
        readonly=True,
    )
    reference = fields.Char(readonly=True)
    detail = fields.Char(compute="_compute_detail")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Machine", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    dealer_id = fields.Many2one("aftersales.dealer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", readonly=True
    )

    _depends = {
        "aftersales.warranty.card": ["partner_id", "sale_date", "state"],
        "aftersales.warranty.reading": ["date", "value"],
        "helpdesk.ticket": ["lot_id", "partner_id", "reported_at", "resolved_at"],
        "aftersales.dispatch": ["arrived_at"],
        "repair.order": ["finished_at", "partner_id", "state"],
        "stock.move": ["date", "repair_id", "state"],
        "aftersales.old.part": ["inspected_on", "state"],
        "aftersales.followup": ["asked_on"],
        "aftersales.complaint": ["partner_id", "received_at"],
    }

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(f"CREATE VIEW {self._table} AS ({self._get_view_sql()})")

    def _get_view_sql(self):
        return " UNION ALL ".join(
            self._get_source_sql(kind, **source)
            for kind, source in self._get_sources().items()
        )

    @staticmethod
    def _get_source_sql(kind, number, model, tables, columns, where):
        """The SELECT of one source; ``columns`` by name, each an SQL expression."""
        return f"""
            SELECT {columns["id"]} * {SOURCES} + {number} AS id,
                   {columns["date"]}::timestamp AS date,
                   '{kind}' AS kind,
                   {columns["reference"]}::varchar AS reference,
                   {columns["partner_id"]} AS partner_id,
                   {columns["lot_id"]} AS lot_id,
                   {columns["product_id"]} AS product_id,
                   {columns["dealer_id"]} AS dealer_id,
                   {columns["company_id"]} AS company_id,
                   '{model}' AS res_model,
                   {columns["id"]} AS res_id
              FROM {tables}
             WHERE {where}
        """

    @staticmethod
    def _get_columns(document, machine=None, **columns):
        """Columns of a source, taken from table aliases unless given.

        :param document: alias of the document's table
        :param machine: alias of the table that knows customer and machine
        """
        machine = machine or document
        return {
            "id": f"{document}.id",
            "reference": f"{document}.name",
            "partner_id": f"{machine}.partner_id",
            "lot_id": f"{machine}.lot_id",
            "product_id": f"{machine}.product_id",
            "dealer_id": f"{document}.dealer_id",
            "company_id": f"{machine}.company_id",
            **columns,
        }

    @api.model
    def _get_sources(self):
        """The documents that make the archive; extension point.

        :return: dict by kind with the arguments of :meth:`_get_source_sql`. ``number``
            is unique and below :data:`SOURCES`
        """
        return {
            "sale": {
                "number": 0,
                "model": "aftersales.warranty.card",
                "tables": "aftersales_warranty_card card",
                "columns": self._get_columns("card", date="card.sale_date"),
                "where": "card.state != 'draft' AND card.sale_date IS NOT NULL",
            },
            "reading": {
                "number": 1,
                "model": "aftersales.warranty.reading",
                "tables": "aftersales_warranty_reading reading"
                " JOIN aftersales_warranty_card card ON card.id = reading.card_id",
                "columns": self._get_columns(
                    "reading", "card", date="reading.date", reference="card.name"
                ),
                "where": "TRUE",
            },
            **self._get_case_sources(),
            **self._get_answer_sources(),
            **self._get_repair_sources(),
        }

    @api.model
    def _get_case_sources(self):
        case = {
            "model": "helpdesk.ticket",
            "tables": "helpdesk_ticket ticket",
        }
        number = "ticket.number"
        return {
            "case": {
                **case,
                "number": 2,
                "columns": self._get_columns(
                    "ticket", date="ticket.reported_at", reference=number
                ),
                "where": "ticket.reported_at IS NOT NULL",
            },
            "visit": {
                "number": 3,
                "model": "aftersales.dispatch",
                "tables": "aftersales_dispatch job"
                " JOIN helpdesk_ticket ticket ON ticket.id = job.ticket_id",
                "columns": self._get_columns("job", "ticket", date="job.arrived_at"),
                "where": "job.arrived_at IS NOT NULL",
            },
            "solved": {
                **case,
                "number": 4,
                "columns": self._get_columns(
                    "ticket", date="ticket.resolved_at", reference=number
                ),
                "where": "ticket.resolved_at IS NOT NULL",
            },
        }

    @api.model
    def _get_answer_sources(self):
        return {
            "complaint": {
                "number": 9,
                "model": "aftersales.complaint",
                "tables": "aftersales_complaint complaint",
                "columns": self._get_columns("complaint", date="complaint.received_at"),
                "where": "complaint.received_at IS NOT NULL",
            },
            "followup": {
                "number": 8,
                "model": "aftersales.followup",
                "tables": "aftersales_followup followup"
                " LEFT JOIN helpdesk_ticket ticket ON ticket.id = followup.ticket_id",
                "columns": self._get_columns(
                    "followup",
                    date="followup.asked_on",
                    company_id="ticket.company_id",
                ),
                "where": "followup.score IS NOT NULL",
            },
        }

    @api.model
    def _get_repair_sources(self):
        return {
            "repair": {
                "number": 5,
                "model": "repair.order",
                "tables": "repair_order repair",
                "columns": self._get_columns("repair", date="repair.finished_at"),
                "where": "repair.state = 'done' AND repair.finished_at IS NOT NULL",
            },
            "part": {
                "number": 6,
                "model": "stock.move",
                "tables": "stock_move move"
                " JOIN repair_order repair ON repair.id = move.repair_id",
                "columns": self._get_columns(
                    "move",
                    "repair",
                    date="move.date",
                    reference="repair.name",
                    dealer_id="repair.dealer_id",
                ),
                "where": "move.state = 'done' AND move.repair_line_type = 'add'"
                " AND repair.ticket_id IS NOT NULL",
            },
            "old_part": {
                "number": 7,
                "model": "aftersales.old.part",
                "tables": "aftersales_old_part old"
                " JOIN repair_order repair ON repair.id = old.repair_id",
                "columns": self._get_columns("old", "repair", date="old.inspected_on"),
                "where": "old.inspected_on IS NOT NULL",
            },
        }

    # What the document says, in the reader's language

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_detail(self):
        for kind, events in self.grouped("kind").items():
            documents = self.env[events[0].res_model].browse(events.mapped("res_id"))
            by_id = {document.id: document for document in documents}
            describe = getattr(self, f"_describe_{kind}")
            for event in events:
                event.detail = describe(by_id[event.res_id])

    def _describe_sale(self, card):
        return self.env._("Warranty until %(date)s", date=card.end_date or "—")

    def _describe_reading(self, reading):
        return f"{reading.value:g}"

    def _describe_case(self, ticket):
        parts = (ticket.case_type_id.name, ticket.fault_id.name, ticket.name)
        return " · ".join(part for part in parts if part)

    def _describe_visit(self, job):
        # sudo: a company technician is hidden from a dealer's user, his name is not
        return job.sudo().staff_id.name

    def _describe_solved(self, ticket):
        return ticket.resolution

    def _describe_repair(self, repair):
        findings = (repair.symptom_id, repair.cause_id, repair.action_id)
        return " → ".join(fault.name for fault in findings if fault)

    def _describe_part(self, move):
        return f"{move.quantity:g} × {move.product_id.display_name}"

    def _describe_old_part(self, old_part):
        labels = dict(old_part._fields["disposition"]._description_selection(self.env))
        disposition = labels.get(old_part.disposition)
        return " · ".join(
            part for part in (old_part.product_id.display_name, disposition) if part
        )

    def _describe_followup(self, followup):
        return " · ".join(
            part for part in (followup.score or "", followup.reason or "") if part
        )

    def _describe_complaint(self, complaint):
        return complaint.summary

    def action_open_document(self):
        """Open the paper behind the event."""
        self.ensure_one()
        model, res_id = self.res_model, self.res_id
        if model == "aftersales.warranty.reading":
            reading = self.env[model].browse(res_id)
            model, res_id = "aftersales.warranty.card", reading.card_id.id
        elif model == "stock.move":
            move = self.env[model].browse(res_id)
            model, res_id = "repair.order", move.repair_id.id
        return self.env[model].browse(res_id).get_formview_action()
