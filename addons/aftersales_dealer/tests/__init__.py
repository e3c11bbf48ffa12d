from . import test_dealer_transitions
