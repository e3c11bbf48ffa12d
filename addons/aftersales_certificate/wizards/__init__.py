from . import aftersales_certificate_withdraw
