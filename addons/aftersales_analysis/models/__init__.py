from . import aftersales_case_analysis
