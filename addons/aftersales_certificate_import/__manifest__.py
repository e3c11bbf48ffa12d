{
    "name": "After-sales: Import of Certificates",
    "summary": "Takes over certificates issued before from .xls, .xlsx and .csv lists",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_certificate", "aftersales_import"],
    "data": [
        "security/ir.model.access.csv",
        "security/aftersales_import_rules.xml",
        "data/aftersales_import_field_data.xml",
        "views/aftersales_import_menus.xml",
    ],
    "auto_install": True,
}
