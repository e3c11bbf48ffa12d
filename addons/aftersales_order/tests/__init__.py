from . import test_order_fence
from . import test_order_flow
from . import test_order_payment
from . import test_order_credit
from . import test_order_delivery
from . import test_order_entry
from . import test_order_note
from . import test_order_concurrency
