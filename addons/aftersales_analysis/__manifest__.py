{
    "name": "After-sales: Service Analysis",
    "summary": "Cases by dealer, model, fault and month; fault Pareto",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_service"],
    "data": [
        "security/ir.model.access.csv",
        "security/aftersales_case_analysis_rules.xml",
        "views/aftersales_case_analysis_views.xml",
        "views/repair_order_views.xml",
        "views/aftersales_analysis_menus.xml",
    ],
    "assets": {
        "web.assets_backend_lazy": ["aftersales_analysis/static/src/**/*"],
        "web.assets_tests": ["aftersales_analysis/static/tests/tours/**/*"],
    },
}
