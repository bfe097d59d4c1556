/** Made by the plugin in vite.config.ts: every language, cut down to the families of keys that are named. */
declare module "texts:*" {
  const texts: import("./text.ts").Catalogues;
  export default texts;
}
