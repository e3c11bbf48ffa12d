from . import test_training_lessons
from . import test_training_lessons_page
from . import test_training_lessons_fence
