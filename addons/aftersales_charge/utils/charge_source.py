"""A piece of a repair's work as a charge sees it."""

from typing import Any, NamedTuple


class ChargeSource(NamedTuple):
    """Work or parts of a repair, in the unit of the product.

    ``key`` says what makes two lines the same thing to a customer.
    """

    kind: str
    covered: bool
    product: Any
    operation: Any
    quantity: float

    @property
    def key(self):
        product = self.product.id if self.kind == "part" else False
        return (self.kind, self.covered, product, self.operation.id or False)

    def prepare_vals(self):
        """Values of a quotation line; prices follow from what is published."""
        vals = {
            "kind": self.kind,
            "covered": self.covered,
            "operation_id": self.operation.id,
            "quantity": self.quantity,
        }
        if self.kind == "part":
            vals["product_id"] = self.product.id
        return vals
