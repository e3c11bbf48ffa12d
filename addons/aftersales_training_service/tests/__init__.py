from . import test_dispatch_certificate
from . import test_training_from_repairs
from . import test_training_dispatch_story
