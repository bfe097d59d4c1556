/** One build for all pages: mpp/static/NAME.html, hashed assets beside it, each also compressed. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { belowFloor, FLOOR } from "./mpp/web/lib/floor.ts";
import { withoutPrivates } from "./mpp/web/lib/privates.ts";

const here = import.meta.dirname;
const OUT = resolve(here, "mpp/static");
/** Built here first: a build that fails, or takes its time, leaves the pages of a running server alone. */
const FRESH = resolve(here, "node_modules/.pages");
const OLD = `${FRESH}.old`;
const TEXTS = resolve(here, "ticketing/texts");

/** The page's name at the server, and the folder it is written in. */
const PAGES: Record<string, string> = {
  kiosk: "ticketing/web/kiosk",
  ticket: "ticketing/web/ticket",
  counter: "counters/web/console",
  board: "display/web/board",
  sign: "display/web/sign",
  manage: "mpp/web/manage",
  history: "mpp/web/history",
  readiness: "mpp/web/readiness",
  staffing: "mpp/web/staffing",
  rules: "mpp/web/rules",
  standards: "mpp/web/standards",
  forms: "mpp/web/forms",
  appointments: "mpp/web/appointments",
  tryout: "mpp/web/tryout",
  forecasts: "mpp/web/forecasts",
  privacy: "mpp/web/privacy",
  law: "mpp/web/law",
  slip: "mpp/web/slip",
  people: "mpp/web/people",
  setup: "mpp/web/setup",
  media: "mpp/web/media",
  devices: "mpp/web/devices",
  floorplan: "mpp/web/floorplan",
  info: "mpp/web/info",
  complain: "mpp/web/complain",
  complaint: "mpp/web/complaint",
  complaints: "mpp/web/complaints",
  skm: "mpp/web/skm",
  survey: "mpp/web/survey",
  paper: "mpp/web/paper",
  results: "mpp/web/results",
};

/** `import texts from "texts:common,live"`: every language, but only the keys that begin so. */
function texts(): Plugin {
  const mark = "\0texts:";
  return {
    name: "texts",
    resolveId: (id) => (id.startsWith("texts:") ? mark + id.slice("texts:".length) : null),
    load(id) {
      if (!id.startsWith(mark)) return null;
      const wanted = id.slice(mark.length).split(",");
      const found: Record<string, Record<string, string>> = {};
      for (const file of readdirSync(TEXTS).filter((name) => name.endsWith(".json"))) {
        this.addWatchFile(join(TEXTS, file));
        const all = JSON.parse(readFileSync(join(TEXTS, file), "utf8")) as Record<string, string>;
        const kept = Object.entries(all).filter(([key]) => wanted.includes(key.split(".")[0] ?? ""));
        found[file.slice(0, -".json".length)] = Object.fromEntries(kept);
      }
      return `export default ${JSON.stringify(found)};`;
    },
  };
}

/** Put each page's HTML at the top of the output, under the name the server looks for. */
function flatPages(): Plugin {
  return {
    name: "flat-pages",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const [name, folder] of Object.entries(PAGES)) {
          const page = bundle[`${folder}/index.html`];
          if (page?.type !== "asset") continue;
          delete bundle[`${folder}/index.html`];
          this.emitFile({ type: "asset", fileName: `${name}.html`, source: page.source });
        }
      },
    },
  };
}

/** What browsers on the floor would get for #x are WeakMaps, which become larger with all that ever was: 2 MB in some weeks. */
function plainPrivates(): Plugin {
  return {
    name: "plain-privates",
    apply: "build",
    enforce: "post",
    transform(code, id) {
      if (!/#\w/.test(code) || /\.(css|html)$/.test(id)) return null;
      return { code: withoutPrivates(code, relative(here, id), (text) => this.parse(text)), map: null };
    },
  };
}

/** Svelte marks inner parts of a selector with :where(.svelte-x), which came with Chromium 88: below, the rule would be lost. */
function plainScopes(): Plugin {
  return {
    name: "plain-scopes",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "asset" && file.fileName.endsWith(".css"))
          file.source = String(file.source).replace(/:where\((\.svelte-[a-z0-9]+)\)/g, "$1");
    },
  };
}

/** Every page says in plain HTML when its browser is older than the floor, or runs no scripts. */
function floor(): Plugin {
  const read = (path: string): string => readFileSync(resolve(here, path), "utf8");
  const tokens = read("mpp/web/lib/tokens.css");
  const token = (name: string): string => new RegExp(`${name}: ([^;]+);`).exec(tokens)?.[1] ?? "";
  const script = read("mpp/web/lib/floor.js");
  const fileName = `assets/floor-${createHash("sha256").update(script).digest("hex").slice(0, 8)}.js`;
  return {
    name: "floor",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source: script });
    },
    transformIndexHtml(html) {
      const all = Object.fromEntries(
        readdirSync(TEXTS)
          .filter((name) => name.endsWith(".json"))
          .map((name) => [name.slice(0, -".json".length), JSON.parse(read(join("ticketing/texts", name))) as Record<string, string>]),
      );
      return html.replace("</body>", `${belowFloor(all, `/a/${fileName}`, token)}</body>`);
    },
  };
}

/** The page /schema shows the doors with Swagger UI, which comes along: nothing is loaded from another host. */
function swagger(): Plugin {
  const folder = resolve(here, "node_modules/swagger-ui-dist");
  const wanted = ["swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css", "LICENSE", "NOTICE"];
  return {
    name: "swagger",
    apply: "build",
    generateBundle() {
      for (const name of wanted)
        this.emitFile({ type: "asset", fileName: `swagger/${name}`, source: readFileSync(join(folder, name)) });
    },
  };
}

/** Write NAME.br and NAME.gz beside every text file: the server never compresses while a hall waits. */
function compressed(): Plugin {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const path of readdirSync(FRESH, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|html|svg|json)$/.test(path)) continue;
        const file = join(FRESH, path);
        const body = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(body, { params }));
        writeFileSync(`${file}.gz`, gzipSync(body, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

/** Put the finished pages in the old ones' place. */
function swap(): Plugin {
  return {
    name: "swap",
    apply: "build",
    closeBundle: {
      sequential: true,
      order: "post",
      handler() {
        rmSync(OLD, { recursive: true, force: true });
        if (existsSync(OUT)) renameSync(OUT, OLD);
        renameSync(FRESH, OUT);
        rmSync(OLD, { recursive: true, force: true });
      },
    },
  };
}

export default defineConfig({
  plugins: [texts(), svelte(), plainPrivates(), plainScopes(), floor(), flatPages(), swagger(), compressed(), swap()],
  base: "/a/",
  publicDir: false,
  resolve: { alias: { $lib: resolve(here, "mpp/web/lib") } },
  build: {
    outDir: FRESH,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: `chrome${FLOOR}`,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(PAGES).map(([name, at]) => [name, resolve(here, at, "index.html")])),
    },
  },
  test: { include: ["tests/web/**/*.test.ts"] },
});
