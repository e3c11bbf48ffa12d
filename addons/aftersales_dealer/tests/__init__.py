from . import test_dealer_fence
from . import test_dealer_transitions
