"""What commands leave on paper."""

import zxingcpp
from PIL import Image

from hardware.virtual_printer.paper import Paper
from hardware.virtual_printer.stream import Reader


def printed(data: bytes, width: int = 576) -> Image.Image:
    paper = Paper(width)
    for command in Reader().feed(data):
        paper.do(command)
    return paper.cut()[0]


def box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Say where the ink is."""
    ink = picture.convert("L").point(lambda grey: 255 - grey).getbbox()
    assert ink is not None
    return ink


def ink(picture: Image.Image) -> int:
    return sum(1 for grey in picture.convert("L").tobytes() if not grey)


def test_size_multiplies_width_and_height() -> None:
    small, large = box(printed(b"H\n")), box(printed(b"\x1d!\x55H\n"))
    assert 5 * (small[2] - small[0]) <= large[2] - large[0] <= 7 * (small[2] - small[0])
    assert 5 * (small[3] - small[1]) <= large[3] - large[1] <= 7 * (small[3] - small[1])


def test_text_stands_left_in_the_middle_and_right() -> None:
    left, middle, right = (box(printed(b"\x1ba" + place + b"HH\n")) for place in (b"\x00", b"\x01", b"\x02"))
    assert left[0] < 12
    assert abs((middle[0] + middle[2]) / 2 - 288) <= 2
    assert right[2] > 564


def test_bold_has_more_ink() -> None:
    assert ink(printed(b"\x1bE\x01MPP\n")) > ink(printed(b"MPP\n")) * 1.2


def test_the_lines_of_an_image_are_its_bits() -> None:
    picture = printed(b"\x1dv0\x00\x01\x00\x02\x00\xf0\x01", 8)
    rows = [picture.convert("L").crop((0, row, 8, row + 1)).tobytes() for row in (0, 1)]
    assert rows == [b"\x00" * 4 + b"\xff" * 4, b"\xff" * 7 + b"\x00"]


def test_double_density_bits_make_an_image_larger() -> None:
    assert printed(b"\x1dv0\x03\x01\x00\x02\x00\xff\xff", 16).height == 4


def test_a_full_line_is_continued_on_the_next() -> None:
    assert printed(b"H" * 49 + b"\n").height == 60
    assert printed(b"H" * 48 + b"\n").height == 30


def test_the_printers_own_qr_code_can_be_read() -> None:
    data = b"https://mpp.example/t/1"
    store = b"\x1d(k" + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    job = b"\x1ba\x01\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"
    assert [code.text for code in zxingcpp.read_barcodes(printed(job))] == [data.decode()]


def test_a_qr_code_wider_than_the_paper_is_not_printed() -> None:
    store = b"\x1d(k\x04\x001P0x"
    paper = Paper(100)
    for command in Reader().feed(b"\x1d(k\x03\x001C\x10" + store + b"\x1d(k\x03\x001Q0"):
        paper.do(command)
    assert paper.is_blank


def test_reset_ends_all_modes_but_leaves_the_paper() -> None:
    assert printed(b"satu\n\x1d!\x77\x1b@dua\n").height == 60


def test_font_b_double_size_and_white_on_black_are_known() -> None:
    assert box(printed(b"\x1b!\x01H\n"))[3] < box(printed(b"H\n"))[3]
    assert box(printed(b"\x1b!\x30H\n"))[3] > box(printed(b"H\n"))[3]
    assert ink(printed(b"\x1dB\x01 \n")) == 12 * 24
