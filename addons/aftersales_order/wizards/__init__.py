from . import aftersales_parts_order_reason
from . import aftersales_parts_receipt_sign
