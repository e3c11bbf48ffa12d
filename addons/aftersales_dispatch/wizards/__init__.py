from . import aftersales_dispatch_suggestion
from . import aftersales_dispatch_suggestion_line
from . import aftersales_staff_suspend
