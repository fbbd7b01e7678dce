"""Which brand is meant by a name, as somebody wrote it?"""

from loopwell.benchmarks.models import Brand


def tidy_name(name: str) -> str:
    return " ".join(name.split())[:120]


def key_of(name: str) -> str:
    return tidy_name(name).casefold()


def brands_by_name() -> dict[str, Brand]:
    """By `key_of` each name and each earlier one; today's name counts where two claim the same."""
    brands = list(Brand.objects.all())
    former = {name: brand for brand in brands for name in brand.known_as}
    return former | {key_of(brand.name): brand for brand in brands}
