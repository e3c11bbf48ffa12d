{
    "name": "After-sales: Warranty",
    "summary": "Warranty cards per serial number, policies over statutory floors, "
    "and a coverage verdict that explains itself",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Aftersales",
    "category": "After-sales",
    "depends": ["aftersales_dealer", "aftersales_import", "stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/aftersales_warranty_rules.xml",
        "data/ir_sequence_data.xml",
        "data/aftersales_part_class_data.xml",
        "data/aftersales_warranty_farm_data.xml",
        "data/aftersales_warranty_appliance_data.xml",
        "data/aftersales_warranty_computer_data.xml",
        "data/aftersales_warranty_car_data.xml",
    ],
}
