from . import test_card_flow
