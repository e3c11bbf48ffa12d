from . import aftersales_dispatch_refuse
from . import helpdesk_ticket_duplicate_wizard
