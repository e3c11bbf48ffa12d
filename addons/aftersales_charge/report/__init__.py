from . import report_quotation
from . import report_cost_sheet
