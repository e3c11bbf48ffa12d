{
    "name": "After-sales: Training and Service",
    "summary": "Dispatch asks for certificates; repairs give needs, cases and effects",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_service", "aftersales_training"],
    "data": [
        "report/aftersales_certificate_templates.xml",
        "views/aftersales_dispatch_views.xml",
        "views/aftersales_training_course_views.xml",
        "views/aftersales_training_session_views.xml",
        "views/repair_order_views.xml",
    ],
    "auto_install": True,
}
