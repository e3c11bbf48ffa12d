from . import aftersales_complaint_reopen
