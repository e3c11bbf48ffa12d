from . import (
    aftersales_complaint_class,
    aftersales_complaint_cause,
    aftersales_complaint,
    aftersales_complaint_deadline,
    aftersales_complaint_flow,
    aftersales_complaint_missing,
    aftersales_followup,
    aftersales_followup_reason,
    aftersales_followup_rule,
    helpdesk_ticket,
    repair_order,
)
