from . import aftersales_followup_cancel
