from . import test_order_fence
