from . import test_archive
from . import test_archive_fence
from . import test_retention
