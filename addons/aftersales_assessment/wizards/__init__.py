from . import aftersales_assessment_reason
