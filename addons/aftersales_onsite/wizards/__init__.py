from . import aftersales_dispatch_appoint
from . import aftersales_repair_code_enter
