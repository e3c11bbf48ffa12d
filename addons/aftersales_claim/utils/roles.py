"""The roles that take part in claims, as ``has_groups`` and ``groups=`` take them."""

DEALER_USER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
SUPPORT = "aftersales_dealer.group_support"
ACCOUNTANT = "aftersales_dealer.group_warranty_accountant"
MANAGER = "aftersales_dealer.group_manager"
# What the company thinks about a claim is hidden from the dealer's people, who are
# internal users too.
COMPANY_ONLY = f"base.group_user,!{DEALER_USER}"
