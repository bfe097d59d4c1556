import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { get, post, Refused, remove, requestId } from "$lib/command.ts";

let server: Server;
let base: string;
let bodies: string[];
let answer: (request: IncomingMessage, response: ServerResponse, turn: number) => void;

beforeEach(async () => {
  bodies = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      bodies.push(body);
      answer(request, response, bodies.length);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

test("request ids are 32 hexadecimal digits and never the same", () => {
  const ids = Array.from({ length: 1000 }, requestId);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
});

test("a command is posted as JSON and its answer comes back", async () => {
  answer = (request, response) => response.end(JSON.stringify({ type: request.headers["content-type"] }));
  expect(await post(`${base}/x`, { service: "KTP" })).toEqual({ type: "application/json" });
  expect(bodies).toEqual(['{"service":"KTP"}']);
});

test("a refusal carries the server's code", async () => {
  answer = (_request, response) => response.writeHead(409).end('{"code":"queue_empty","detail":"Nobody is waiting."}');
  await expect(post(`${base}/x`, { request: requestId() })).rejects.toMatchObject({ code: "queue_empty", status: 409 });
  expect(bodies).toHaveLength(1);
});

test("an answer that is not ours is named by its status", async () => {
  answer = (_request, response) => response.writeHead(500).end("<h1>oops</h1>");
  await expect(get(`${base}/x`)).rejects.toMatchObject({ code: "http_500" });
});

test("a command with a request id is sent again, the same, when no answer came", async () => {
  answer = (request, response, turn) => (turn < 3 ? request.socket.destroy() : response.end("{}"));
  await post(`${base}/x`, { request: "same" }, [1, 1]);
  expect(bodies).toEqual(Array(3).fill('{"request":"same"}'));
});

test("a command without a request id is never sent twice", async () => {
  answer = (request) => request.socket.destroy();
  await expect(post(`${base}/x`, { login: "maria" })).rejects.toBeInstanceOf(Refused);
  expect(bodies).toHaveLength(1);
});

test("no answer at all is told as no connection", async () => {
  answer = (request) => request.socket.destroy();
  await expect(post(`${base}/x`, { request: "r" }, [1])).rejects.toMatchObject({ code: "no_connection", status: 0 });
});

test("after its time nothing is sent any more", async () => {
  answer = () => undefined;
  const asked = performance.now();
  await expect(post(`${base}/x`, { request: "r" }, [1, 1], 60)).rejects.toMatchObject({ status: 0 });
  expect(bodies).toHaveLength(1);
  expect(performance.now() - asked).toBeLessThan(2000);
});

test("taking a thing away needs no answer body", async () => {
  answer = (_request, response) => response.writeHead(204).end();
  await expect(remove(`${base}/x`)).resolves.toBeUndefined();
});
