from . import aftersales_stocking_reason
