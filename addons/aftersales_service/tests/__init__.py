from . import test_repair_flow
