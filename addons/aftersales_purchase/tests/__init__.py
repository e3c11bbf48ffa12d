from . import test_designation
from . import test_delivery
from . import test_incoming_inspection
from . import test_sampling_plan
from . import test_supplier_score
from . import test_purchase_fence
from . import test_tours
