"""The mall file: one YAML 1.2 text that describes a whole mall, for people to read, check and hand on.

Reading and writing are pure functions over text. The entries themselves are in mall_entries.
"""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct, ValidationError, convert
from msgspec.structs import fields

from ticketing.core import mall_checks, mall_reasons, mall_yaml
from ticketing.core.closing import Closing
from ticketing.core.lease import Offline
from ticketing.core.mall_entries import (
    SPOKEN,
    CounterEntry,
    MallEntry,
    MallFile,
    Outcome,
    PolicyEntry,
    PriorityClass,
    ServiceEntry,
    TenantEntry,
    ZoneEntry,
)
from ticketing.core.mall_yaml import FaultyMallFile
from ticketing.core.reporting import Reporting
from ticketing.core.slip_layout import SlipLayout
from ticketing.core.standard import Standard
from ticketing.core.surveying import Surveying

__all__ = [
    "CounterEntry",
    "FaultyMallFile",
    "MallEntry",
    "MallFile",
    "Outcome",
    "PolicyEntry",
    "PriorityClass",
    "ServiceEntry",
    "Standard",
    "TenantEntry",
    "ZoneEntry",
    "read",
    "write",
]

PREFACE = """\
# Berkas mal: seluruh mal dalam satu berkas, untuk dibaca, diperiksa, dan diimpor.
# Mall file: the whole mall in one file, to be read, checked and imported.
# Put times ("08:00", local), names that are numbers ("1") and colours ("#1f6f54") in quotes.
"""

SECTIONS = {
    "mall": """\
# Mal. The mall itself. `label` is shown on every screen; priority classes are offered at the kiosk.
# `pledge`: maklumat pelayanan mal ini; tanpa itu dipakai bunyi yang lazim. The service pledge, if not the usual words.
""",
    "hours": """\
# Jam layanan. Opening hours; a day that is not listed is closed. The name of a break is shown at the kiosk:
#   fri:
#     open: "08:00"
#     close: "14:30"
#     breaks:
#       - {start: "11:30", end: "13:00", name: Istirahat Jumat}
""",
    "last_ticket_minutes": """\
# Nomor terakhir. The last ticket is issued this many minutes before closing.
""",
    "offline": """\
# Nomor luring. When the server or the line is gone, a kiosk goes on with numbers that it holds: so many of each series,
# none below `first` (far above what a day needs, so that the ordinary numbers do not jump), for so many minutes after
# it last had the line. `numbers: 0` switches it off.
""",
    "holidays": """\
# Hari libur. Days on which the mall is closed. Movable holidays and collective leave (cuti bersama) change:
# add them each year from the government's decree (SKB tiga menteri), and local holidays too.
""",
    "policy": """\
# Aturan pemanggilan. How visitors are called; all may be left out. A tenant's own rules are set on /manage/rules.
# `priority_weight`: satu menit menunggu pengunjung prioritas dihitung sekian menit (`ordinary_weight`: yang lain).
#   A minute waited by the favoured counts so many minutes (`ordinary_weight`: by all others).
# `head_start`: pengunjung prioritas dihitung seolah datang sekian menit lebih awal.
#   The favoured count as if they had come so many minutes earlier.
# `favour_short`: persen; 100: layanan yang separuh lamanya dihitung dua kali lipat, 0: lamanya tidak dihitung.
#   Percent; with 100 a service of half the time counts double, with 0 its length does not count.
# `late_places`: yang menekan "Saya terlambat" mundur sekian nomor, satu kali; 0 berarti tidak boleh.
#   A visitor who says to be late lets so many others go first, once; 0: nobody may.
# `soon_places`: ponsel berkata "giliran Anda segera" bila yang di depan tinggal sekian orang.
#   The phone says "your turn is soon" when so many are ahead.
# `appointment_weight`: satu menit menunggu pengunjung dengan janji temu dihitung sekian menit, sejak waktu janjinya.
#   A minute waited by those with an appointment counts so many minutes, from the agreed time on.
# `appointment_tolerance`: yang terlambat lebih dari sekian menit antre seperti yang lain, sejak datang.
#   Who comes more than so many minutes late waits like everybody else, since coming.
# `mode`: claim: yang nilainya tertinggi dipanggil; look_ahead: setiap pilihan dicoba lebih dulu dalam hitungan.
#   claim: the highest claim is called; look_ahead: each choice is tried out first (docs/adr/0021).
# `guard`: pada look_ahead, yang menunggu lebih dari sekian kali sasaran tidak dilewati; 0 berarti tanpa batas.
#   With look_ahead nobody who waits beyond so many targets is passed over; 0: no such limit.
# `cap`: yang menunggu lebih dari sekian kali perkiraan terlama pada nomornya dipanggil lebih dulu; 0 berarti tidak.
#   Who waits more than so many times the most that was told with the number is called first; 0: nobody is.
""",
    "reporting": """\
# Angka dan laporan. How figures are shown to those who run the mall; both may be left out.
# `target_wait_minutes`: menunggu paling lama sekian menit adalah sasaran mal ini (bukan angka dari peraturan).
#   A wait of so many minutes at most is this mall's target (no regulation that we could verify sets one).
# `smallest_group`: angka kelompok yang kurang dari sekian pengunjung tidak ditampilkan, agar tak ada yang dikenali.
#   Figures of groups of fewer visitors are not shown, so that nobody can be recognised.
""",
    "closing": """\
# Menjelang tutup. What kiosks do when those who take a number may not be served before closing; both may be left out.
# `mode`: off = tidak apa-apa, warn = anjungan mengingatkan, stop = anjungan tidak memberi nomor lagi.
#   off: nothing; warn: the kiosk says so; stop: it gives out no more. Whoever has a number is served in any case.
# `percent`: bila kemungkinan dipanggil sebelum tutup kurang dari sekian persen.
#   When the chance to be called before closing is less than so many percent.
""",
    "slip": """\
# Tiket kertas. What stands on a ticket; all may be left out. /manage/slip shows it as the printer prints it.
# Selalu tercetak: instansi, nomor, waktu, dan label mal. Tenant, number, time and the mall's label are always printed.
# `requirements`: syarat layanan (yang perlu dibawa), what to bring. `ahead`: sisa antrean, how many are ahead.
# `outlook`: perkiraan menunggu, the expected wait. `notes`: "Simpan tiket ini", "Berlaku hanya hari ini".
# `number_size`: 2 sampai 8 kali huruf biasa; dikecilkan bila kertasnya sempit. So many times the ordinary letters.
# `language`: id atau en; null berarti bahasa pertama mal ini. null: the mall's first language.
""",
    "complaints": """\
# Pengaduan. Petugas yang bertanggung jawab, alamatnya, dan teleponnya; ditampilkan kepada umum (UU 25/2009 Pasal 36).
# Who answers for complaints: name or office, address and phone, shown to everybody; all three may be left out.
""",
    "survey": """\
# Survei kepuasan (SKM). How visitors are asked after their service; all may be left out. None of these is from a law.
# `offered: false` mematikan survei. `period_months`: satu periode 1, 3, 6, atau 12 bulan sejak Januari.
#   `offered: false` switches it off. A period has 1, 3, 6 or 12 months, counted from January.
# `answer_percent`: dari seratus yang diundang, kira-kira sekian yang menjawab; makin kecil, makin banyak yang diundang.
#   Of a hundred invited about so many answer; the fewer, the more are invited.
# `open_days`: pengunjung dapat menjawab sampai sekian hari sesudah harinya; `paper_days`: isian kertas.
#   Visitors may answer until so many days after their day; staff may enter what was written on paper.
# `quick`: pengunjung juga dapat menilai dengan satu wajah; nilai ini tidak pernah dicampur dengan SKM.
#   Visitors may also choose one face; this is never mixed with the survey.
""",
    "zones": """\
# Zona. Parts of the hall, each with its own board and voice; it speaks the languages in this order.
# `ticker`: pengumuman di kaki layar, bergantian, paling banyak 160 huruf masing-masing; boleh dalam bahasa apa pun.
# `ticker`: notices at the foot of the board, one at a time, 160 letters each at most; in any language.
""",
    "pronunciations": """\
# Lafal. How the voice says words that it would say wrongly; `mpp voice say` lets you hear a text before it is saved.
# For all languages, or by language: {id: es ka ce ka, en: ess kay see kay}.
""",
    "tenants": """\
# Instansi, layanan, dan standar pelayanan. Tenants, their services and service standards.
# `prefix` begins the ticket number: one or two capital letters, not I, O or P. A service may have its own.
# `counter_minutes` is the time at the counter, `duration_text` the promised time until the product is ready.
# `fee_idr`: 0 is free of charge, null depends on the case (say how in `fee_note`).
# `verified`: true when requirements and fee were found in `source`.
# Empat belas komponen standar (/manage/standards menunjukkan yang belum ada). The fourteen components of a standard:
#   pelayanan: requirements, procedure_steps, duration_text (duration_working_days), fee_idr/fee_note, product,
#   complaint_channels; pengelolaan: legal_basis, facilities, competence, internal_supervision, staff_count,
#   service_guarantee, safety_guarantee, performance_evaluation. Ditetapkan: set_by, set_on (tanggal, a day);
#   public_hearing, monitored_on, review_on: tanggal. What is not known is left out, never invented.
# Optional: `hours` of a tenant (as above), `quota_per_day` of a service, and `keywords`: what visitors call the
# service in everyday words, for the search at the kiosk (typing errors are forgiven by themselves).
# Hasil layanan. `outcomes` of a service, at most nine: an officer ends a visit with one of them, one key each.
# `responsible` of a tenant: siapa penanggung jawabnya bagi umum (jabatan, bukan nama). Which office answers for it.
# Formulir. `forms` of a service: title (title_en), text, and fields with label, kind (text, date, choice, checkbox),
#   required, most (letters), choices. Pengunjung mengisinya di /info dan mencetaknya; isinya tidak pernah dikirim.
#   Visitors fill them in on /info and print them; what they write is never sent.
""",
    "counters": """\
# Loket. Counters; `name` is shown and spoken. `services` is all (of the tenant) or a list of codes.
""",
}
"""The remark above each part of a written file."""

SETTINGS = (Offline, PolicyEntry, Reporting, Closing, SlipLayout, Surveying)
"""Written out even where they are as usual, so that people see what there is to set."""


def read(text: str, spoken: Collection[str] = SPOKEN) -> MallFile:
    """Read a mall file; `spoken` are the languages that the voice has a grammar of.

    Raises:
        FaultyMallFile: it cannot be used; the first fault, its line, and what to do.
    """
    document = mall_yaml.parse(text)
    try:
        mall = convert(document.value, MallFile)
    except ValidationError as error:
        raise document.fault(*mall_reasons.sentence(str(error), document.value)) from error
    fault = next(mall_checks.faults(mall, spoken), None)
    if fault is not None:
        raise document.fault(fault.path, fault.reason)
    return mall


def write(mall: MallFile) -> str:
    """Write a mall file in its one tidy form; read(write(mall)) is the same mall."""
    label = f"# {mall.mall.label}\n" if mall.mall.label else ""
    parts = [f"{label}{PREFACE}"]
    for name, value in _plain_fields(mall).items():
        parts.append(SECTIONS[name] + _section(name, value))
    return "\n".join(parts)


def _section(name: str, value: object) -> str:
    match name, value:
        case "tenants", list():
            rows = (mall_yaml.dump([tenant], compact=False) for tenant in value)
            return "tenants:\n" + "\n".join(rows)
        case "pronunciations", dict():
            rows = (mall_yaml.dump({word: said}, compact=isinstance(said, dict)) for word, said in value.items())
            return "pronunciations:\n" + "".join(f"  {row}" for row in rows)
        case _, int():
            return mall_yaml.dump({name: value}, compact=False)
    return mall_yaml.dump({name: value}, compact=True)


def _plain_fields(entry: Struct) -> dict[str, object]:
    values = ((field, getattr(entry, field.name)) for field in fields(entry))
    is_whole = isinstance(entry, SETTINGS)
    return {field.name: _plain(value) for field, value in values if is_whole or value not in (field.default, {})}


def _plain(value: object) -> object:
    match value:
        case Struct():
            return _plain_fields(value)
        case tuple():
            return [_plain(item) for item in value]
        case dt.time():
            return f"{value:%H:%M}"
        case StrEnum():
            return value.value
    return value
