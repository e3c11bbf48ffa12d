from . import (
    aftersales_followup_question,
    aftersales_followup_reason,
    aftersales_followup_answer,
    aftersales_followup_rule,
    aftersales_followup_rule_sources,
    aftersales_followup_rule_plan,
    aftersales_followup,
    aftersales_followup_flow,
    aftersales_followup_link,
    helpdesk_ticket,
    res_company,
    res_config_settings,
)
