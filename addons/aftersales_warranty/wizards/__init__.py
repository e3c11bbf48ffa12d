from . import aftersales_warranty_card_reason
from . import aftersales_warranty_check
from . import aftersales_warranty_exchange
from . import aftersales_warranty_owner_change
