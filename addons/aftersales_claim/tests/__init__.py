from . import test_claim_create
