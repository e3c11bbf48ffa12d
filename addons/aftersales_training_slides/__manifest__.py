{
    "name": "After-sales: Online Lessons",
    "summary": "Courses have online lessons; finishing them is attending",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_training", "website_slides"],
    "data": [
        "security/aftersales_training_groups.xml",
        "security/ir.model.access.csv",
        "security/aftersales_training_slides_rules.xml",
        "views/aftersales_training_course_views.xml",
        "views/aftersales_training_enrolment_views.xml",
        "views/aftersales_training_page_templates.xml",
    ],
    "auto_install": True,
}
