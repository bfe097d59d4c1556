/** What a page says below its floor, in plain HTML: made at build time, put into every page. */

/** Chromium of televisions from 2021 on (Samsung Tizen 6, LG webOS 6): syntax and CSS of the pages keep to it. */
export const FLOOR = 76;

type Texts = Record<string, Record<string, string>>;

/** Return the HTML that stands last in a page's body, where it delays nothing; `token` gives the value of a colour. */
export function belowFloor(texts: Texts, script: string, token: (name: string) => string): string {
  const say = (key: string): string =>
    Object.keys(texts)
      .sort((a, b) => Number(b === "id") - Number(a === "id"))
      .map((lang) => `<p lang="${lang}">${texts[lang]?.[key]?.replace("{version}", String(FLOOR)) ?? ""}</p>`)
      .join("");
  const style =
    `padding:8%;background:${token("--navy-900")};color:${token("--white")};` +
    "font-weight:bold;font-size:150%;line-height:1.5;font-family:sans-serif;text-align:center";
  return (
    `<noscript><div style="${style}">${say("floor.no_script")}</div></noscript>` +
    `<div id="floor" style="${style};display:none">${say("floor.too_old")}</div>` +
    `<script src="${script}"></script>`
  );
}
