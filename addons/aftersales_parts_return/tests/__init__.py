from . import test_deemed_sale
from . import test_parts_return
from . import test_parts_return_arrival
from . import test_parts_return_concurrency
from . import test_parts_return_credit
from . import test_parts_return_fence
from . import test_parts_return_price
from . import test_tours
