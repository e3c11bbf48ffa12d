from . import aftersales_claim
