from . import report_repair_record
