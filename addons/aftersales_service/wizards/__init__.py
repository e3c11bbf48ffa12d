from . import aftersales_dispatch_refuse
