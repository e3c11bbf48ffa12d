from . import report_dispatch_order
