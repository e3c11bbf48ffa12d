from . import test_rank_certificate
from . import test_training_presence
