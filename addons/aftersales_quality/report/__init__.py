from . import report_quality_sheet
