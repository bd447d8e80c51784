"""What a debt is in law, and which natures stand outside sales and services between businesses. Computes nothing."""

# Natures that are not sales or services between businesses, each with how surely we know it (leases and insurance: service-public F23211).
# Natures of the placement format, then kinds of claim of data/law/limitation.yaml.
OUTSIDE_COMMERCE = {
    "rent": "S", "insurance": "S", "charges": "S", "loan": "U", "bill": "U", "cheque": "U",
    "home_rent": "S", "home_charges": "S", "commercial_rent": "S", "coownership_charges": "S", "insurance_premium": "S",
    "wages": "U", "alimony": "U", "local_authority": "U",
}  # fmt: skip
# Kinds of claim that say how long one may sue and not what the debt is for.
SILENT_CLAIMS = (
    "",
    "general",
    "title",
    "title_notarial",
    "payment_order_title",
    "post_title_interest",
    "post_title_interest_consumer",
)


def nature_of(nature: str, claim: str) -> str:
    """What a debt is in law: the kind of claim a person said, or its nature where that kind says nothing of it."""
    return nature if claim in SILENT_CLAIMS else claim
