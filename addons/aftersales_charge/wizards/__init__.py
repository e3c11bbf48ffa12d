from . import aftersales_quotation_accept
from . import aftersales_quotation_bill
from . import aftersales_charge_reason
