from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError

# Descriptions of models and fields: linked by the server, and no dealer's secret.
TECHNICAL_MODELS = ("ir.model", "ir.model.fields", "properties.base.definition")


class Base(models.AbstractModel):
    """The half of the fence that record rules cannot hold: links.

    A link is enough to make a foreign record's name visible, so a user behind the
    fence may not link a record he cannot read, in no model, by no command, nor by a
    default in the context. Nor may he give his own record away to another dealer.
    """

    _inherit = "base"

    # Fields whose links the server sets itself in the user's name.
    _unfenced_links = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self.env.user._is_fenced():
            defaults = {
                name.removeprefix("default_"): value
                for name, value in self.env.context.items()
                if name.startswith("default_")
            }
            self._check_fenced_links([{**defaults, **vals} for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self.env.user._is_fenced():
            self._check_dealer_kept(vals)
            self._check_fenced_links([vals])
        return super().write(vals)

    def _check_dealer_kept(self, vals):
        """:raises AccessError: when a dealer's user gives a record away"""
        field = self._fields.get("dealer_id")
        if (
            "dealer_id" in vals
            and field.comodel_name == "aftersales.dealer"
            and vals["dealer_id"] not in self.env.user.dealer_id.ids
        ):
            raise AccessError(
                self.env._(
                    "%(records)s belongs to your dealer; you cannot move it to another "
                    "one. Ask the company.",
                    records=", ".join(self.mapped("display_name")),
                )
            )

    @api.model
    def _check_fenced_links(self, vals_list):
        """Refuse links to records that the user may not read.

        :raises AccessError: names the kind of record that is refused
        """
        linked = defaultdict(set)
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if (
                    field
                    and name not in self._unfenced_links
                    and field.comodel_name not in TECHNICAL_MODELS
                ):
                    for model, record_id in self._get_links(field, value):
                        linked[model].add(record_id)
        for model, ids in linked.items():
            self.env[model].browse(ids).check_access("read")

    @api.model
    def _get_links(self, field, value):
        """The (model, id) pairs that writing ``value`` to ``field`` links."""
        if field.type == "many2one":
            value = getattr(value, "id", value)
            return [(field.comodel_name, value)] if isinstance(value, int) else []
        if field.type == "reference":
            model, _sep, record_id = (value or "").partition(",")
            return [(model, int(record_id))] if record_id.isdigit() else []
        if field.type not in ("many2many", "one2many"):
            return []
        ids = set()
        for command in value or []:
            if isinstance(command, int):
                ids.add(command)
            elif command[0] in (1, 4):
                ids.add(command[1])
            elif command[0] == 6:
                ids.update(command[2])
        return [(field.comodel_name, id_) for id_ in ids if isinstance(id_, int)]

    @api.model
    def _check_field_access(self, field, operation):
        # Core cannot word its refusal of a field whose groups exclude one ("!group").
        if (
            field.groups
            and "!" in field.groups
            and not self._has_field_access(field, operation)
        ):
            raise AccessError(
                self.env._(
                    "%(field)s of %(model)s is not for you to see or change.",
                    field=field._description_string(self.env),
                    model=self.env["ir.model"]._get(self._name).name,
                )
            )
        return super()._check_field_access(field, operation)
