from . import test_claim_create
from . import test_claim_adjudication
from . import test_claim_old_part
from . import test_settlement
from . import test_settlement_offset
