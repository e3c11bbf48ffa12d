from . import test_abc
from . import test_import_part
from . import test_part_fit
from . import test_part_on_hand
from . import test_parts_master_fence
from . import test_supersession
from . import test_tours
