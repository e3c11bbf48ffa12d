from . import aftersales_claim_adjust
from . import aftersales_claim_decide
from . import aftersales_settlement_dispute
from . import aftersales_settlement_reverse
from . import aftersales_settlement_run
