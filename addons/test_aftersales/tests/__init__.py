from . import test_main_line
