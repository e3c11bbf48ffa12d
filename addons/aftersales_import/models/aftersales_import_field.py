from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..utils.headers import normalise

TYPES = [
    ("text", "Text"),
    ("long_text", "Long Text"),
    ("serial", "Serial Number"),
    ("phone", "Phone"),
    ("number", "Number"),
    ("boolean", "Yes or No"),
    ("date", "Date"),
]


class AftersalesImportField(models.Model):
    """A field that a kind of list may fill, and the headers by which it is known."""

    _name = "aftersales.import.field"
    _description = "Import field"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(selection="_get_kinds", required=True)
    key = fields.Char(required=True, readonly=True, help="Name used by the program.")
    type = fields.Selection(selection=TYPES, required=True, default="text")
    sequence = fields.Integer(default=10)
    required = fields.Boolean(help="A row without this value is refused.")
    synonyms = fields.Text(
        help="Headers by which the column is recognised, one a line, in any language. "
        "Case, blanks, stars and remarks in brackets do not matter."
    )

    _key_uniq = models.Constraint(
        "UNIQUE (kind, key)", "This kind of import has this field already."
    )

    @api.model
    def _get_kinds(self):
        return (
            self.env["aftersales.import.job"]
            ._fields["kind"]
            ._description_selection(self.env)
        )

    @api.constrains("synonyms", "kind")
    def _check_synonyms(self):
        for kind in set(self.mapped("kind")):
            owners = {}
            for field in self.search([("kind", "=", kind)]):
                for name in field._get_synonyms():
                    other = owners.setdefault(name, field)
                    if other != field:
                        raise ValidationError(
                            self.env._(
                                "The header “%(header)s” is known for %(field)s "
                                "already. Remove it from one of the two.",
                                header=name,
                                field=other.name,
                            )
                        )

    def _get_synonyms(self):
        """Normalised headers of this field; its key and names are always among them."""
        self.ensure_one()
        texts = [self.key, *(self.synonyms or "").splitlines()]
        return {normalise(text) for text in texts} - {""}

    @api.model
    def _get_header_map(self, kind):
        """Normalised header -> field of ``kind``."""
        header_map = {}
        for field in self.search([("kind", "=", kind)]):
            for name in field._get_synonyms():
                header_map.setdefault(name, field)
        return header_map
