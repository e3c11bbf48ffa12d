from . import test_claim_training
