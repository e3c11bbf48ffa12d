from . import test_import_customer
