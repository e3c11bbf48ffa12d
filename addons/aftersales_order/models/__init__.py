from . import aftersales_parts_order
from . import aftersales_parts_order_line
from . import aftersales_dealer
from . import aftersales_dealer_grade
