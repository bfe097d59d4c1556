// Reads ESC/POS from standard input with npos; writes its texts and pictures as JSON.
const npos = require("npos");
const job = require("node:fs").readFileSync(0);

npos.parser().parse(job).then((ast) => {
  if (ast.error) throw ast.error;
  const entries = ast.entries.map(({ type, data }) =>
    type === "raster"
      ? { width: data._width, height: data._height, dots: Buffer.from(data._data).toString("base64") }
      : { text: data.toString("latin1") },
  );
  process.stdout.write(JSON.stringify(entries));
});
