from . import aftersales_old_part_answer
from . import aftersales_old_part_dispose
from . import aftersales_old_part_inspect
from . import aftersales_receipt_claim_decide
