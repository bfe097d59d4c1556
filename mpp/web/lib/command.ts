/** Post a command, or ask a question, over plain HTTP; a no comes back as Refused with the server's code. */

export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  /** `status` is 0 when no answer came. */
  constructor(code: string, detail: string, status: number) {
    super(detail);
    this.code = code;
    this.status = status;
  }
}

/** How long one try may take, and the pauses before a command with a request id is sent again. */
const PATIENCE = 8000;
export const PAUSES = [400, 1200];

/** Return a new request id. Pages are served over plain http, where crypto.randomUUID does not exist. */
export function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function refusal(answer: Response): Promise<Refused> {
  const body = (await answer.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  const code = typeof body.code === "string" ? body.code : `http_${answer.status}`;
  return new Refused(code, typeof body.detail === "string" ? body.detail : "", answer.status);
}

/** One try: the answer's JSON, null when it has none. A file is sent as it is. */
async function once(method: string, path: string, body: unknown, patience = PATIENCE): Promise<unknown> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  const json = { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const sent = body === undefined ? {} : body instanceof Blob ? { body } : json;
  try {
    const answer = await fetch(path, { method, signal: stop.signal, ...sent });
    if (!answer.ok) throw await refusal(answer);
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("no_connection", String(error), 0);
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Return whether nothing was decided: no answer, or a server that is just coming up. */
const undecided = (error: unknown): boolean => error instanceof Refused && (error.status === 0 || error.status >= 502);

/** Post a command. With a request id it is sent again when no answer came: the server does it only once.
 *
 * After `within` milliseconds in all nothing is sent any more. */
export async function post<T = unknown>(
  path: string,
  body: Record<string, unknown> = {},
  pauses: number[] = "request" in body ? PAUSES : [],
  within = Infinity,
): Promise<T> {
  const end = performance.now() + within;
  const left = (): number => end - performance.now();
  for (const ms of pauses) {
    try {
      return (await once("POST", path, body, Math.min(PATIENCE, left()))) as T;
    } catch (error) {
      if (!undecided(error) || left() <= ms) throw error;
      await pause(ms);
    }
  }
  return (await once("POST", path, body, Math.min(PATIENCE, left()))) as T;
}

/** Ask for a value. */
export async function get<T>(path: string): Promise<T> {
  return (await once("GET", path, undefined)) as T;
}

/** Post a question whose answer takes the server longer than a command may; it changes nothing. */
export async function ask<T>(path: string, body: Record<string, unknown>, patience: number): Promise<T> {
  return (await once("POST", path, body, patience)) as T;
}

/** Send a file: over the hall's network that may take a while. */
export async function upload(path: string, file: Blob): Promise<void> {
  await once("PUT", path, file, 60_000);
}

/** Put a whole thing in its place. */
export async function put<T>(path: string, body: Record<string, unknown>): Promise<T> {
  return (await once("PUT", path, body, 60_000)) as T;
}

/** Take a thing away. */
export async function remove(path: string): Promise<void> {
  await once("DELETE", path, undefined);
}
