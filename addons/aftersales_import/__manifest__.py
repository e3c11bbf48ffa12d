{
    "name": "After-sales: Import",
    "summary": "Lists as people send them: read, mapped, previewed, imported",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_dealer"],
    "external_dependencies": {"python": ["xlrd", "xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/aftersales_import_rules.xml",
        "data/aftersales_import_field_data.xml",
        "data/ir_cron_data.xml",
        "views/aftersales_import_job_views.xml",
        "views/aftersales_import_field_views.xml",
        "views/aftersales_import_mapping_views.xml",
        "views/aftersales_import_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["aftersales_import/static/src/**/*"],
    },
}
