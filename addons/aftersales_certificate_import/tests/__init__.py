from . import test_import_certificate
