from . import aftersales_dispatch_criterion
from . import aftersales_staff
