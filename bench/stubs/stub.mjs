// A stub of node:http: the two HMACs of a signature, a look-up and a small JSON answer, in plain code.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const SECRET_KEY = "bce-emulator-secret-key";
const INSTANCES = new Map([["i-00000000", { status: "Running" }]]);
const HEADERS = {
  "content-type": "application/json;charset=UTF-8",
  server: "BWS",
  "x-bce-request-id": "e3e70682-c209-4cac-a29f-6fbed82c07cd",
};

const digest = (key, text) => createHmac("sha256", key).update(text).digest("hex");

const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

function isSigned(request, url) {
  const parts = (request.headers.authorization ?? "").split("/");
  if (parts.length !== 6) return false;
  const [names, signature] = parts.slice(4);
  const key = digest(SECRET_KEY, parts.slice(0, 4).join("/"));
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const lines = names.split(";").map((name) => `${encoded(name)}:${encoded((request.headers[name] ?? "").trim())}`);
  const path = encoded(decodeURIComponent(url.pathname)).replaceAll("%2F", "/");
  const canonical = [request.method, path, query.sort().join("&"), lines.sort().join("\n")].join("\n");
  const expected = digest(key, canonical);
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

function answer(request, content) {
  const url = new URL(request.url, "http://localhost");
  if (!isSigned(request, url)) return [400, { code: "SignatureDoesNotMatch" }];
  if (content) {
    try {
      JSON.parse(content);
    } catch {
      return [400, { code: "InvalidJSON" }];
    }
  }
  const instance = INSTANCES.get(url.pathname.slice(url.pathname.lastIndexOf("/") + 1));
  if (instance === undefined) return [404, { code: "NoSuchObject" }];
  if (request.method !== "PUT") return [200, { instance }];
  instance.status = instance.status === "Starting" ? "Running" : "Starting";
  return [200, { requestId: "", failedInstanceIdList: [] }];
}

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const [status, told] = answer(request, Buffer.concat(parts).toString());
    const content = JSON.stringify(told);
    response.writeHead(status, { ...HEADERS, "content-length": Buffer.byteLength(content) }).end(content);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
