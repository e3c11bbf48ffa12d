from . import test_case_analysis
from . import test_case_analysis_fence
from . import test_pareto_tour
