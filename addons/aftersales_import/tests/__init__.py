from . import test_import_customer
from . import test_parse
from . import test_tabular
