from . import aftersales_sla_pause_ask
