from odoo import api, fields, models
from odoo.tools import format_date

from ..utils.card_import import describe_cover, index_names, normalise_name
from .aftersales_warranty_card import DEAD_STATES
from .aftersales_warranty_card_coverage import START_DATE_FIELDS
from .aftersales_warranty_card_registration import DEFAULT_REGISTRATION_DAYS

# Fields that must not lie in the future, besides the sale.
PAST_DATES = ("sale_date", "delivery_date", "acceptance_date", "returned_on")
DATES = ("sale_date", "delivery_date", "acceptance_date", "returned_on")


class AftersalesImportKindCard(models.AbstractModel):
    """Warranty slips as dealers send them: a row is a machine sold.

    Imported cards are handed in, not drafts: the file is the slip. A row is known by
    product and serial number. The same card again is a duplicate; a different card of a
    serial number that has a live one is refused.

    A dealer's own file counts as received on the day he sends it; a date of receipt in
    it is not read, since that day decides about his money (see
    ``aftersales.warranty.card._check_returned_on``).
    """

    _name = "aftersales.import.kind.card"
    _inherit = ["aftersales.import.kind"]
    _description = "Import of warranty cards"

    _import_dealers = True
    _import_model = "aftersales.warranty.card"

    @api.model
    def get_verdict_labels(self):
        return {
            **super().get_verdict_labels(),
            "on_time": self.env._("On time"),
            "late": self.env._("Late: the dealer is not reimbursed"),
            "no_policy": self.env._("No warranty policy holds for this sale"),
        }

    @api.model
    def get_result_domain(self, job):
        return [("import_job_id", "=", job.id)]

    @api.model
    def check(self, job, table):
        if self.env.user.is_dealer:
            self.env.user.dealer_id._ensure_may_operate()
        self._resolve_dealers(job, table)
        self._resolve_products(table)
        self._set_receipt(table)
        self._check_dates(table)
        self._check_usage(table)
        self._check_repeated(table)
        self._check_registered(table)
        self._compute_cover(table)

    def _resolve_dealers(self, job, table):
        """``values["dealer_id"]``: the dealer named in the row, else the job's."""
        dealers = self.env["aftersales.dealer"].search_fetch([], ["code", "name"])
        known = index_names((d.id, [d.code, d.name]) for d in dealers)
        ids = []
        for index, text in enumerate(table.values["dealer"]):
            dealer_id = job.dealer_id.id
            if text is not None:
                dealer_id = known.get(normalise_name(text))
                if not dealer_id:
                    table.refuse(index, "dealer", self._get_dealer_refusal())
                elif job.dealer_id and dealer_id != job.dealer_id.id:
                    text = self.env._("This import is for %(dealer)s only.")
                    name = job.dealer_id.display_name
                    table.refuse(index, "dealer", text % {"dealer": name})
            elif not dealer_id:
                text = self.env._("Name the dealer here, or choose one for the import.")
                table.refuse(index, "dealer", text)
            ids.append(dealer_id)
        table.values["dealer_id"] = ids

    def _get_dealer_refusal(self):
        if self.env.user.is_dealer:
            return self.env._("You may import the cards of your own dealer only.")
        return self.env._("There is no dealer with this code or name.")

    def _resolve_products(self, table):
        """``values["product_id"]``: by internal reference, barcode or name."""
        products = self.env["product.product"].search_fetch(
            [("is_machine", "=", True)], ["default_code", "barcode", "name"]
        )
        known = index_names(
            (p.id, [p.default_code, p.barcode, p.name]) for p in products
        )
        unknown = self.env._(
            "There is no machine with this reference, barcode or name."
        )
        several = self.env._("Several machines have this name; use the reference.")
        resolved = {}
        ids = []
        for index, text in enumerate(table.values["product"]):
            if text not in resolved:
                resolved[text] = known.get(normalise_name(text), False)
            product_id = resolved[text]
            if not product_id and text is not None:
                table.refuse(
                    index, "product", unknown if product_id is False else several
                )
            ids.append(product_id or None)
        table.values["product_id"] = ids

    def _set_receipt(self, table):
        """Complete the days of receipt, which for a dealer's own file is today."""
        today = fields.Date.context_today(self)
        received = table.values["returned_on"]
        if self.env.user.is_dealer:
            if any(received):
                table.notices.append(
                    self.env._(
                        "“%(column)s” is not read: the day a slip was received is set "
                        "by the company. These cards count as received today.",
                        column=table.headers["returned_on"],
                    )
                )
            received = [None] * len(table)
        table.values["returned_on"] = [day or today for day in received]

    def _check_dates(self, table):
        today = fields.Date.context_today(self)
        future = self.env._("This day lies in the future.")
        values = table.values
        for key in PAST_DATES:
            for index, day in enumerate(values[key]):
                if day is not None and day > today:
                    table.refuse(index, key, future)
        before_made = self.env._("The sale lies before the production of the machine.")
        before_sold = self.env._("The slip cannot have come back before the sale.")
        for index, sold in enumerate(values["sale_date"]):
            made = values["production_date"][index]
            if sold and made and made > sold:
                table.refuse(index, "sale_date", before_made)
            if sold and sold <= today and values["returned_on"][index] < sold:
                table.refuse(index, "returned_on", before_sold)

    def _check_usage(self, table):
        for index, usage in enumerate(table.values["usage"]):
            if usage is not None and usage < 0:
                text = self.env._("A meter reading cannot be negative.")
                table.refuse(index, "usage", text)

    def _check_repeated(self, table):
        """A machine stands in a file once."""
        values = table.values
        compared = ("sale_date", "dealer_id", "invoice", "customer")
        seen = {}
        for index, key in enumerate(
            zip(values["product_id"], values["serial"], strict=True)
        ):
            if None in key or table.verdicts[index] == "refused":
                continue
            first = seen.setdefault(key, index)
            if first == index:
                continue
            row = table.get_label(first)
            if all(values[name][first] == values[name][index] for name in compared):
                text = self.env._(
                    "This machine stands in row %(row)s already.", row=row
                )
                table.skip(index, "serial", text)
            else:
                text = self.env._(
                    "Row %(row)s has this machine with other data.", row=row
                )
                table.refuse(index, "serial", text)

    def _check_registered(self, table):
        """A serial number has one live card."""
        values = table.values
        live = self._get_live_cards({serial for serial in values["serial"] if serial})
        if not live:
            return
        for index, key in enumerate(
            zip(values["product_id"], values["serial"], strict=True)
        ):
            card = live.get(key)
            if not card or table.verdicts[index] == "refused":
                continue
            own = card.dealer_id.id == values["dealer_id"][index]
            if own and card.sale_date == values["sale_date"][index]:
                text = self.env._("Registered already: card %(card)s.", card=card.name)
                table.skip(index, "serial", text)
            else:
                table.refuse(index, "serial", self._get_clash(card, own))

    def _get_live_cards(self, serials):
        # sudo: a machine may be registered by another dealer, whose card the user
        # cannot see; see _get_clash for what he is told
        cards = (
            self.env["aftersales.warranty.card"]
            .sudo()
            .search_fetch(
                [("serial", "in", list(serials)), ("state", "not in", DEAD_STATES)],
                ["serial", "product_id", "dealer_id", "sale_date", "name"],
            )
        )
        return {(card.product_id.id, card.serial): card for card in cards}

    def _get_clash(self, card, own):
        """Why a machine cannot be registered again; a foreign dealer stays unnamed."""
        if self.env.user.is_dealer and not own:
            return self.env._(
                "This serial number is registered already. Check it on the machine's "
                "plate; if it is right, ask the company's support."
            )
        return self.env._(
            "This serial number has card %(card)s of %(dealer)s, sold on %(date)s.",
            card=card.name,
            dealer=card.dealer_id.display_name,
            date=format_date(self.env, card.sale_date),
        )

    def _compute_cover(self, table):
        """Policy and computed dates of the rows to import, and their verdict."""
        indexes = table.get_importable()
        policies = self._get_policies(table, indexes)
        terms = {policy: self._get_cover_terms(policy) for policy in set(policies)}
        memo = {}
        dates = [table.values[name] for name in DATES]
        covers = [None] * len(table)
        for index, policy in zip(indexes, policies, strict=True):
            days = dict(zip(DATES, (column[index] for column in dates), strict=True))
            cover = describe_cover(terms[policy], days, memo)
            covers[index] = (policy.id or None, *cover)
            table.verdicts[index] = cover[0] if policy else "no_policy"
        table.values["cover"] = covers

    def _get_policies(self, table, indexes):
        values = table.values
        products = self.env["product.product"].browse(
            set(values["product_id"]) - {None}
        )
        dealers = self.env["aftersales.dealer"].browse(
            set(values["dealer_id"]) - {None}
        )
        categories = {product.id: product.categ_id for product in products}
        companies = {dealer.id: dealer.company_id for dealer in dealers}
        # sudo: the policy that holds decides, whoever may read it
        return (
            self.env["aftersales.warranty.policy"]
            .sudo()
            ._get_for_sales(
                [
                    (
                        categories[values["product_id"][index]],
                        values["sale_date"][index],
                        companies[values["dealer_id"][index]],
                    )
                    for index in indexes
                ]
            )
        )

    def _get_cover_terms(self, policy):
        """What :func:`describe_cover` needs of a policy."""
        days = policy.registration_days if policy else DEFAULT_REGISTRATION_DAYS
        start_field = START_DATE_FIELDS.get(policy.start_event)
        return (start_field, policy._get_machine_term().months, days)
