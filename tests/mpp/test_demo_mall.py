"""The demonstration mall: complete, labelled as an example, and readable on its boards."""

from importlib.resources import files
from itertools import combinations

from ticketing.core.mall_file import read, write

DEMO = files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8")


def test_the_demo_mall_has_all_its_parts() -> None:
    mall = read(DEMO)
    services = [service for tenant in mall.tenants for service in tenant.services]
    assert (len(mall.tenants), len(services), len(mall.counters), len(mall.zones)) == (16, 88, 20, 3)
    assert sum(service.standard.verified for service in services) == 36
    assert "".join(tenant.prefix for tenant in mall.tenants) == "ABCDEFGHJKLMNQRS"
    assert [row.code for row in mall.mall.priority_classes] == ["lansia", "disabilitas", "hamil", "balita"]


def test_the_demo_mall_says_that_it_is_one() -> None:
    assert DEMO.startswith("# Data contoh, bukan data resmi\n")
    assert read(DEMO).mall.label == "Data contoh, bukan data resmi"


def test_every_demo_tenant_has_a_counter_in_one_zone_only() -> None:
    mall = read(DEMO)
    zones = {(counter.tenant, counter.zone) for counter in mall.counters}
    assert sorted(tenant for tenant, _ in zones) == sorted(tenant.code for tenant in mall.tenants)
    assert [counter.name for counter in mall.counters] == [str(number) for number in range(1, 21)]


def test_the_demo_file_is_written_as_the_program_writes_it() -> None:
    assert write(read(DEMO)) == DEMO


def test_a_demo_fee_that_depends_on_the_case_says_on_what() -> None:
    standards = [service.standard for tenant in read(DEMO).tenants for service in tenant.services]
    assert all(standard.fee_note for standard in standards if standard.fee_idr is None)


def test_white_text_can_be_read_on_every_demo_colour_and_no_two_are_alike() -> None:
    colours = [tenant.colour for tenant in read(DEMO).tenants]
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours)
    apart = [sum((a - b) ** 2 for a, b in zip(rgb(x), rgb(y), strict=True)) for x, y in combinations(colours, 2)]
    assert min(apart) > 1000


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance.  Source: WCAG 2.2, definition of relative luminance."""
    shares = [part / 255 for part in rgb(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
