/** Everyday words find the right service of the real demo mall, among the first three. */
import { expect, test } from "vitest";
import { Finder } from "$lib/search.ts";
import { form, plain } from "$lib/spelling.ts";
import { demoTenants } from "./demo_mall.ts";

const TENANTS = demoTenants();
const finder = new Finder();
const codes = (typed: string): string[] => finder.hits(TENANTS, typed).map((hit) => hit.service.code);

test("the demo mall is read whole", () => {
  const services = TENANTS.flatMap((tenant) => tenant.services);
  expect([TENANTS.length, services.length]).toEqual([16, 88]);
  for (const service of services) {
    expect([service.code, service.keywords.length >= 3, service.keywords.length <= 9]).toEqual([service.code, true, true]);
    expect(service.standard.requirements.length).toBeGreaterThan(0);
  }
});

const ASKED: readonly (readonly [string, string])[] = [
  // as people say it
  ["ktp hilang", "DUKCAPIL-02"],
  ["ktp saya ilang", "DUKCAPIL-02"],
  ["bikin ktp", "DUKCAPIL-01"],
  ["mau buat ktp baru", "DUKCAPIL-01"],
  ["ktp anak", "DUKCAPIL-10"],
  ["ktp digital", "DUKCAPIL-12"],
  ["ganti alamat ktp", "DUKCAPIL-03"],
  ["bikin kk", "DUKCAPIL-05"],
  ["kartu keluarga baru", "DUKCAPIL-05"],
  ["kk hilang", "DUKCAPIL-05"],
  ["tambah anak di kk", "DUKCAPIL-06"],
  ["akte lahir", "DUKCAPIL-07"],
  ["akta kelahiran", "DUKCAPIL-07"],
  ["surat kematian", "DUKCAPIL-08"],
  ["nikah gereja", "DUKCAPIL-09"],
  ["surat pindah", "DUKCAPIL-11"],
  ["pindah domisili", "DUKCAPIL-11"],
  ["skck", "POLRES-01"],
  ["surat kelakuan baik", "POLRES-01"],
  ["perpanjang skck", "POLRES-02"],
  ["dompet hilang", "POLRES-03"],
  ["lapor kehilangan", "POLRES-03"],
  ["perpanjang sim motor", "POLRES-05"],
  ["sim mobil", "POLRES-04"],
  ["sim c mati", "POLRES-05"],
  ["izin keramaian", "POLRES-07"],
  ["pajak motor", "SAMSAT-01"],
  ["bayar pajak mobil", "SAMSAT-01"],
  ["ganti plat motor", "SAMSAT-02"],
  ["balik nama motor", "SAMSAT-05"],
  ["motor sudah dijual", "SAMSAT-06"],
  ["kecelakaan di jalan", "SAMSAT-07"],
  ["bpjs mati", "BPJSKES-07"],
  ["bpjs gak aktif", "BPJSKES-07"],
  ["daftar bpjs", "BPJSKES-01"],
  ["kartu bpjs hilang", "BPJSKES-03"],
  ["bpjs bayi", "BPJSKES-05"],
  ["pindah faskes", "BPJSKES-06"],
  ["ganti puskesmas", "BPJSKES-06"],
  ["cairkan jamsostek", "BPJSTK-01"],
  ["jht", "BPJSTK-01"],
  ["kecelakaan kerja", "BPJSTK-04"],
  ["pasang air", "PDAM-01"],
  ["tagihan air", "PDAM-02"],
  ["air mati", "PDAM-03"],
  ["pipa bocor", "PDAM-03"],
  ["pasang listrik", "PLN-01"],
  ["listrik 900", "PLN-02"],
  ["listrik 1300", "PLN-03"],
  ["tambah daya", "PLN-04"],
  ["mati lampu", "PLN-06"],
  ["buka rekening", "BANKNTT-03"],
  ["atm", "BANKNTT-04"],
  ["pinjam modal usaha", "BANKNTT-05"],
  ["kur", "BANKNTT-05"],
  ["bayar pbb", "BAPENDA-01"],
  ["pajak tanah", "BAPENDA-01"],
  ["bikin npwp", "PAJAK-01"],
  ["lupa efin", "PAJAK-02"],
  ["lapor pajak", "PAJAK-03"],
  ["cek sertipikat", "BPN-01"],
  ["sertifikat tanah", "BPN-01"],
  ["balik nama tanah", "BPN-03"],
  ["ukur tanah", "BPN-04"],
  ["daftar nikah", "KEMENAG-01"],
  ["buku nikah hilang", "KEMENAG-03"],
  ["sertifikat halal", "KEMENAG-04"],
  ["paspor umroh", "IMIGRASI-01"],
  ["paspor 10 tahun", "IMIGRASI-02"],
  ["e-paspor", "IMIGRASI-03"],
  ["tilang", "KEJARI-01"],
  ["konsultasi hukum", "KEJARI-02"],
  ["kartu kuning", "NAKER-01"],
  ["kerja di malaysia", "NAKER-02"],
  ["pelatihan kerja", "NAKER-03"],
  ["ijin usaha", "DPMPTSP-01"],
  ["nib", "DPMPTSP-01"],
  ["imb", "DPMPTSP-02"],
  ["ijin praktek bidan", "DPMPTSP-05"],
  ["surat penelitian", "DPMPTSP-06"],
  ["pasang spanduk", "DPMPTSP-07"],
  ["komplain", "DPMPTSP-08"],
  // old spellings and other forms
  ["akte nikah kristen", "DUKCAPIL-09"],
  ["rubah kk", "DUKCAPIL-06"],
  ["e-ktp", "DUKCAPIL-01"],
  ["kartu tanda penduduk hilang", "DUKCAPIL-02"],
  ["pembuatan pasport", "IMIGRASI-01"],
  // typing errors
  ["pasang listrk", "PLN-01"],
  ["pasng listrik", "PLN-01"],
  ["kartu kelurga", "DUKCAPIL-05"],
  ["sertfikat halal", "KEMENAG-04"],
  ["pasppor", "IMIGRASI-01"],
  ["akta kelahirn", "DUKCAPIL-07"],
  ["skkc", "POLRES-01"],
  ["npwpp", "PAJAK-01"],
  ["imigrsi", "IMIGRASI-01"],
  ["perpanjng sim", "POLRES-05"],
  ["bpjs kesehtan", "BPJSKES-01"],
  // while typing
  ["pas", "IMIGRASI-01"],
  ["listr", "PLN-01"],
  ["ktp hil", "DUKCAPIL-02"],
  // English
  ["passport", "IMIGRASI-01"],
  ["birth certificate", "DUKCAPIL-07"],
  ["driving licence", "POLRES-04"],
  ["vehicle tax", "SAMSAT-01"],
  ["marriage", "KEMENAG-01"],
];

test.each(ASKED)("%s finds %s", (typed, code) => {
  expect(codes(typed).slice(0, 3)).toContain(code);
});

test("more words than any service has still find the nearest", () => {
  expect(codes("saya mau tanya soal ktp yang hilang kemarin").slice(0, 3)).toContain("DUKCAPIL-02");
});

test("nothing typed and nonsense find nothing", () => {
  expect(codes("  ")).toEqual([]);
  expect(codes("qqxxzz")).toEqual([]);
});

test("what is asked for most stands first among equals", () => {
  const first = finder.hits(TENANTS, "pasang listrik", ["PLN-03"])[0];
  expect(first?.service.code).toBe("PLN-03");
});

test("the information page shows everything until something is typed, then tenants with what fits", () => {
  expect(finder.grouped(TENANTS, "")).toHaveLength(16);
  const found = finder.grouped(TENANTS, "skck");
  expect(found[0]?.tenant.code).toBe("POLRES");
  expect(found[0]?.services.map((service) => service.code).sort()).toEqual(["POLRES-01", "POLRES-02"]);
});

test("a changed name is found at once", () => {
  const renamed = TENANTS.map((tenant) => ({ ...tenant, services: tenant.services.map((service) => ({ ...service, name: "Layanan zirafah" })) }));
  expect(finder.hits(renamed, "zirafah").length).toBeGreaterThan(0);
  expect(codes("zirafah")).toEqual([]);
});

test.each([
  ["Nomor Antrian", "nomor antrean"],
  ["KTP-el", "ktp"],
  ["IJIN", "izin"],
  ["Sertipikat", "sertifikat"],
  ["Kartu Keluarga", "kk kartu keluarga"],
  ["jaman", "zaman"],
])("%s is compared as %s", (typed, compared) => {
  expect(plain(typed).split(" ").map(form).join(" ")).toBe(compared);
});
