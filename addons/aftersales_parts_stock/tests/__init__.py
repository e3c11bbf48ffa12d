from . import test_count
from . import test_level
from . import test_parts_stock_fence
from . import test_transfer
from . import test_tours
