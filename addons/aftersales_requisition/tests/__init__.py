from . import test_requisition_flow
from . import test_requisition_use
from . import test_requisition_refusals
from . import test_requisition_limits
from . import test_requisition_chase
from . import test_requisition_concurrency
from . import test_requisition_fence
from . import test_tours
