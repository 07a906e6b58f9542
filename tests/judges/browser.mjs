// Loads drawings in a real browser and says what they did: node browser.mjs FOLDER
//
// Each is opened as a page of its own, where scripts run, and all of them again within one page: as images, as objects and as
// part of its text. Prints JSON: how many were shown, and each request, script, dialog and navigation that was theirs.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const program = names.find((name) => spawnSync(name, ["--version"]).status === 0);
if (process.argv[2] === "--version") {
  process.exit(program ? 0 : 1);
}
const folder = process.argv[2];
const files = readdirSync(folder).filter((file) => file.endsWith(".svg")).sort();

const all = files.map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return `<img src="/${file}"><object type="image/svg+xml" data="/${file}"></object><div>${text}</div>`;
});
const pages = { "/all.html": `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>${all.join("\n")}` };
const server = createServer((request, response) => {
  const name = decodeURIComponent(request.url.slice(1));
  if (files.includes(name)) {
    response.writeHead(200, { "content-type": "image/svg+xml" }).end(readFileSync(join(folder, name)));
  } else if (pages[request.url]) {
    response.writeHead(200, { "content-type": "text/html" }).end(pages[request.url]);
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "regimen-browser"));
const browser = spawn(
  program,
  [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    // What it asks for is seen, and does not leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank",
  ],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);

const waiting = new Map();
let number = 0;
let session;
let shown = "";
let loaded = () => {};
const troubles = new Set();

function ask(method, params = {}) {
  number += 1;
  const id = number;
  browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
  return new Promise((answer) => waiting.set(id, answer));
}

function seen({ method, params }) {
  const trouble = (what) => troubles.add(`${shown}: ${what}`);
  if (method === "Network.requestWillBeSent") {
    const own = files.some((file) => params.request.url === `${origin}/${encodeURIComponent(file)}`);
    const alone = params.request.url === `${origin}/${encodeURIComponent(shown)}`;
    // The sign of the site is asked for by the browser itself.
    const sign = params.request.url === `${origin}/favicon.ico`;
    const fine = alone || sign || params.request.url.startsWith("data:image/") || params.request.url === "data:,";
    if (!(fine || (shown === "all.html" && own))) trouble(`request ${params.request.url.slice(0, 80)}`);
  } else if (method === "Debugger.scriptParsed") {
    trouble("script");
  } else if (method === "Page.javascriptDialogOpening") {
    trouble("dialog");
    ask("Page.handleJavaScriptDialog", { accept: true });
  } else if (method === "Page.windowOpen") {
    trouble("window");
  } else if (method === "Page.loadEventFired") {
    loaded();
  }
}

let rest = "";
browser.stdio[4].on("data", (chunk) => {
  const messages = (rest + chunk).split("\0");
  rest = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    if (message.id) {
      waiting.get(message.id)?.(message.result ?? {});
      waiting.delete(message.id);
    } else {
      seen(message);
    }
  }
});

const pause = (time) => new Promise((done) => setTimeout(done, time));

/** Opens a page, and waits for it and a little longer. */
async function open(page) {
  shown = page;
  const done = new Promise((resolve) => (loaded = resolve));
  await Promise.race([ask("Page.navigate", { url: `${origin}/${encodeURIComponent(page)}` }).then(() => done), pause(20000)]);
  await pause(30);
}

const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
session = (await ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
for (const domain of ["Page", "Network", "Runtime", "Debugger", "DOM"]) {
  await ask(`${domain}.enable`);
}
let count = 0;
for (const file of files) {
  await open(file);
  const { root } = await ask("DOM.getDocument", { depth: 1 });
  const { nodeId } = await ask("DOM.querySelector", { nodeId: root.nodeId, selector: "parsererror" });
  if (root.children?.some((child) => child.nodeName === "svg") && !nodeId) {
    count += 1;
  } else {
    troubles.add(`${file}: not shown`);
  }
}
await open("all.html");
await pause(1000);
console.log(JSON.stringify({ shown: count, troubles: [...troubles].sort() }));
const ended = new Promise((done) => browser.on("exit", done));
session = undefined;
ask("Browser.close");
await Promise.race([ended, pause(5000)]);
browser.kill("SIGKILL");
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(0);
