/** Send a large file and tell how far it is; fetch cannot tell that of what is sent. */
import { Refused } from "$lib/command.ts";
import type { MediaLine } from "$lib/views.ts";

/** Return the list of all after the file was taken in; `told` hears of the percent that have been sent. */
export function sendFile(address: string, file: File, told: (percent: number) => void): Promise<MediaLine[]> {
  return new Promise((done, fail) => {
    const way = new XMLHttpRequest();
    way.open("POST", address);
    way.upload.addEventListener("progress", (event) => told(Math.floor((100 * event.loaded) / Math.max(1, event.total))));
    way.addEventListener("error", () => fail(new Refused("no_connection", "", 0)));
    way.addEventListener("load", () => {
      const body = parsed(way.responseText);
      if (way.status < 300) return done(body as MediaLine[]);
      const { code = `http_${way.status}`, detail = "" } = (body ?? {}) as { code?: string; detail?: string };
      fail(new Refused(code, detail, way.status));
    });
    way.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
