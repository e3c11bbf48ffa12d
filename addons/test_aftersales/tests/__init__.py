from . import test_fence_matrix
from . import test_main_line
from . import test_parts_line
from . import test_screens
from . import test_shipped_demands
from . import test_tours
