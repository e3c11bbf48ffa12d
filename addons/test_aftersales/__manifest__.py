{
    "name": "After-sales: Stories across Addons",
    "summary": "Tests and tours of the main line; nothing to install in production",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "Hidden",
    "depends": ["aftersales", "l10n_cn"],
    "assets": {
        "web.assets_tests": ["test_aftersales/static/tests/tours/**/*.js"],
    },
}
