from . import aftersales_complaint_pareto
