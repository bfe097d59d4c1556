"""Slips that the tests print."""

from hardware.core.slip import Qr, Rule, Slip, Space, Text
from hardware.drivers.printer import Patience

SHORT = Patience(answer=0.3, look=0.1, proof=3.0, settle=1.0, quiet=0.1)
# The virtual printer answers at once; real ones get more time.
ADDRESS = "https://mpp.example/t/3f9c2b7d8e10"


def ticket(number: str = "B-012") -> Slip:
    """Compose a ticket as the server does."""
    return Slip(
        (
            Text(text="MAL PELAYANAN PUBLIK", bold=True),
            Text(text="Kabupaten Timor Tengah Selatan"),
            Rule(),
            Text(text="Dinas Kependudukan dan Pencatatan Sipil", bold=True),
            Text(text="Perekaman KTP-el"),
            Text(text=number, size=6, bold=True),
            Text(text="Lantai 1, Zona B"),
            Rule(),
            Text(text="Senin, 23 November 2026\n09:12 WITA"),
            Text(text="Antrean di depan Anda: 7"),
            Text(text="Perkiraan tunggu: 20\u201335 menit"),
            Qr(data=ADDRESS, caption="Pindai untuk melihat giliran Anda"),
            Space(),
            Text(text="Mohon menunggu nomor Anda dipanggil. Tiket berlaku hari ini."),
        )
    )


SMALL = Slip(
    (
        Text(text="Siti \x1b@ Ñuñez \u2013 5 €", align="left"),
        Text(text="B-012", size=6, bold=True),
        Rule(),
        Qr(data="B-012", caption="kode"),
        Space(lines=2),
    )
)
# One of each block, and characters that no printer must see.
