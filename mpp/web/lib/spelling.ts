/** How people write what they look for: old spellings, everyday verbs and short forms, brought to one form on both sides. */

/** Several words that are one thing; its words stay where they may be misspelt. In order, in small letters without signs. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bkartu tanda penduduk\b/g, "ktp"],
  [/\b(e ktp|ektp|ktp el|ktpel|ktp elektronik)\b/g, "ktp"],
  [/\bkartu keluarga\b/g, "kk kartu keluarga"],
  [/\bkartu identitas anak\b/g, "kia"],
  [/\bsurat i[zj]in mengemudi\b/g, "sim"],
  [/\bsurat tanda nomor kendaraan\b/g, "stnk"],
  [/\b(e paspor|epaspor|e passport)\b/g, "paspor elektronik"],
  [/\bpajak bumi( dan)? bangunan\b/g, "pbb"],
  [/\bm banking\b/g, "mobile banking"],
  [/\bwa\b/g, "whatsapp"],
];

/** One word for another. Left: how it is typed. Right: the form that is compared. */
const FORMS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    antrean: "antre antri antrian ngantri mengantre mengantri",
    izin: "ijin perizinan perijinan",
    zaman: "jaman",
    sertifikat: "sertipikat sertifikasi sertipikasi",
    akta: "akte",
    praktik: "praktek",
    apotek: "apotik",
    paspor: "pasport passport passpor",
    foto: "photo poto potret",
    nomor: "nomer no",
    pelat: "plat",
    hilang: "ilang kehilangan raib",
    habis: "abis",
    tidak: "gak ga nggak enggak ndak tak tdk",
    baru: "bikin buat membuat pembuatan buatkan",
    ganti: "penggantian mengganti ubah rubah merubah mengubah perubahan",
    perbaiki: "perbaikan betulkan pembetulan koreksi",
    perpanjang: "perpanjangan memperpanjang diperpanjang",
    pasang: "pemasangan memasang sambung sambungan",
    bayar: "pembayaran membayar",
    lapor: "laporan pelaporan melapor melaporkan pengaduan ngadu adu",
    pindah: "pindahan kepindahan perpindahan",
    nikah: "menikah pernikahan kawin perkawinan kimpoi",
    lahir: "kelahiran melahirkan lahiran",
    meninggal: "kematian wafat",
    mati: "padam",
    daftar: "pendaftaran mendaftar mendaftarkan registrasi",
    cair: "cairkan pencairan mencairkan",
    aktif: "aktifkan aktifasi aktivasi mengaktifkan pengaktifan aktipkan",
    jual: "dijual menjual",
    ukur: "pengukuran mengukur",
    rekening: "rek",
    hp: "handphone ponsel telepon hape",
    puskesmas: "pkm",
    suami: "laki",
    umur: "usia",
  }).flatMap(([form, typed]) => typed.split(" ").map((word) => [word, form])),
);

/** Words that say nothing about the service wanted. */
const SILENT = new Set(
  (
    "saya aku kami mau ingin pengen pingin urus mengurus ngurus pengurusan cara gimana bagaimana di ke dari untuk yang dan atau " +
    "karena pada dengan punya itu ini ada ya pak bu tolong mohon minta kalau sudah nya the a an of my i want to get for in and or"
  ).split(" "),
);

/** Return a text as it is compared: small letters, no accents and signs, whole phrases in their short form. */
export function plain(text: string): string {
  const bare = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/['\u2019]/g, "")
    .replace(/(\d)\.(?=\d{3}\b)/g, "$1")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return PHRASES.reduce((whole, [found, short]) => whole.replace(found, short), bare);
}

/** Return a single word in the form that is compared, or null when it says nothing. */
export function form(word: string): string | null {
  return SILENT.has(word) ? null : (FORMS[word] ?? word);
}
