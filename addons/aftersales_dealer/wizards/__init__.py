from . import aftersales_dealer_measure
