import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type WebSocket as Line, WebSocketServer } from "ws";
import { Feed, type Seen, type Times } from "$lib/feed.ts";
import type { View } from "$lib/views.ts";

const QUICK: Partial<Times> = { retry: 5, retryMost: 20, knock: 20, answer: 10_000, silence: 10_000, patience: 10_000 };
const AT = "2026-11-23T00:15:03Z";
const view = (build = "b1"): string => JSON.stringify({ at: AT, pace: 1, build });

let server: WebSocketServer;
let feed: Feed<View> | undefined;
/** What the server does with each line, in turn; the last one is used again. */
let answers: ((line: Line) => void)[];
let lines = 0;

beforeEach(async () => {
  lines = 0;
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (line) => {
    (answers[Math.min(lines, answers.length - 1)] as (line: Line) => void)(line);
    lines += 1;
  });
  await once(server, "listening");
});
afterEach(async () => {
  feed?.close();
  for (const line of server.clients) line.terminate();
  await new Promise((done) => server.close(done));
});

/** Follow until a state is seen that fits. */
function until(fits: (state: Seen<View>) => boolean, times: Partial<Times> = QUICK, reload?: () => void): Promise<Seen<View>> {
  return new Promise((done) => {
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    feed = new Feed<View>(url, {
      times,
      seen: (state) => fits(state) && done(state),
      ...(reload && { reload }),
    });
  });
}

test("a view that comes in makes the feed live", async () => {
  answers = [(line) => line.send(view())];
  const state = await until((seen) => seen.status === "live");
  expect(state.view?.at).toBe(AT);
  expect(state.since).toBeNull();
});

test("after a cut the feed connects again by itself", async () => {
  answers = [
    (line) => {
      line.send(view());
      line.close(1012);
    },
    (line) => line.send(view()),
  ];
  const states: string[] = [];
  await until((seen) => {
    states.push(seen.status);
    return seen.status === "live" && states.includes("catching_up");
  });
  expect(states).toEqual(["live", "catching_up", "live"]);
});

test("a feed that was closed stays closed, whatever is doubted later", async () => {
  answers = [(line) => line.send(view())];
  await until((seen) => seen.status === "live");
  feed?.close();
  feed?.doubt();
  feed?.again();
  await expect.poll(() => server.clients.size).toBe(0);
  expect(lines).toBe(1);
});

test("the last view stays while the line is down, with the hall's time of the cut", async () => {
  answers = [
    (line) => {
      line.send(view());
      line.close();
    },
    (line) => line.terminate(),
  ];
  const state = await until((seen) => seen.status === "offline", { ...QUICK, patience: 30 });
  expect(state.view?.at).toBe(AT);
  expect(state.since?.toISOString().slice(0, 16)).toBe("2026-11-23T00:15");
});

test("a line that says nothing is taken for dead and opened again", async () => {
  answers = [(line) => line.send(view()), (line) => line.send(view("b1"))];
  await until((seen) => seen.status === "live" && lines >= 2, { ...QUICK, silence: 30 });
  expect(lines).toBeGreaterThanOrEqual(2);
});

test("a new build reloads the page", async () => {
  answers = [
    (line) => {
      line.send(view("b1"));
      line.send(view("b2"));
    },
  ];
  await new Promise<void>((done) => void until(() => false, QUICK, done));
});

test("the first build never reloads the page", async () => {
  let reloads = 0;
  answers = [(line) => line.send(view("b7"))];
  await until((seen) => seen.status === "live", QUICK, () => (reloads += 1));
  expect(reloads).toBe(0);
});

test.each([4401, 4403, 4404])("the server's no %i is told, and no old view stays", async (code) => {
  answers = [
    (line) => {
      line.send(view());
      line.close(code);
    },
  ];
  const state = await until((seen) => seen.no !== null);
  expect(state).toMatchObject({ status: "refused", no: code, view: null });
});

test("a device that has just been approved tries again at once", async () => {
  answers = [(line) => line.close(4401), (line) => line.send(view())];
  const slow = { ...QUICK, retryMost: 600_000 };
  const state = await until((seen) => {
    if (seen.no === 4401) queueMicrotask(() => feed?.again());
    return seen.status === "live";
  }, slow);
  expect(state.no).toBeNull();
});

test("when the server is back, a page is live within the rest between two questions", async () => {
  answers = [
    (line) => {
      line.send(view());
      server.close();
      line.terminate();
    },
    (line) => line.send(view()),
  ];
  const { port } = server.address() as AddressInfo;
  let isBack = 0;
  const comeBack = (): void => {
    isBack = performance.now();
    server = new WebSocketServer({ port, host: "127.0.0.1" });
    server.on("connection", (line) => line.send(view()));
  };
  await until(
    (seen) => {
      if (seen.status === "offline" && isBack === 0)
        comeBack();
      return seen.status === "live" && isBack > 0;
    },
    { ...QUICK, knock: 200, patience: 600 },
  );
  expect(performance.now() - isBack).toBeLessThan(1000);
});

test("a page that slept asks anew over a line that seems to live, and says so until it knows", async () => {
  answers = [(line) => line.send(view()), (line) => line.send(view())];
  const states: string[] = [];
  await until((seen) => {
    states.push(seen.status);
    if (states.length === 1) queueMicrotask(() => feed?.renew());
    return seen.status === "live" && lines === 2;
  });
  expect(states).toEqual(["live", "catching_up", "live"]);
});

test("the view that a page brought along stays while the line is not there yet", async () => {
  answers = [(line) => line.terminate(), (line) => line.send(view())];
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const states = await new Promise<Seen<View>[]>((done) => {
    const seen: Seen<View>[] = [];
    const tell = (state: Seen<View>): void => {
      seen.push(state);
      if (state.status === "live") done(seen);
    };
    feed = new Feed<View>(url, { times: QUICK, first: JSON.parse(view()) as View, seen: tell });
  });
  expect(states.map((state) => [state.status, state.view?.at])).toEqual([
    ["connecting", AT],
    ["live", AT],
  ]);
});
