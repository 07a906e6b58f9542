// What pdf.js, the reader in Firefox, makes of handouts.
//
//     node pdf.mjs PATH...
//
// Prints for each path the title and language, the words of all pages in the order of the tags and in the order of the page, and
// what the reader complains about.
import { readFileSync } from "node:fs";

const complaints = [];
// The library warns on the console, at first of what drawing would need.
console.log = console.warn = (said) => complaints.push(String(said));
// Drawing needs these, and nothing is drawn; so the package that has them need not be installed.
globalThis.DOMMatrix ??= class {};
globalThis.ImageData ??= class {};
globalThis.Path2D ??= class {};
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
complaints.length = 0;

// The words of each marked piece, by its id.
function pieces(items) {
  const found = new Map();
  const open = [];
  for (const item of items) {
    if (item.type === "endMarkedContent") {
      open.pop();
    } else if (item.type !== undefined) {
      open.push(item.id ?? open.at(-1) ?? null);
    } else if (open.at(-1)) {
      found.set(open.at(-1), (found.get(open.at(-1)) ?? "") + item.str);
    }
  }
  return found;
}

// The words below an element, in order.
function words(element, found) {
  if (element.type === "content") {
    return found.get(element.id) ?? "";
  }
  return (element.children ?? []).map((child) => words(child, found)).join("");
}

async function read(path) {
  complaints.length = 0;
  const file = await getDocument({ data: new Uint8Array(readFileSync(path)), useSystemFonts: false, verbosity: 1 }).promise;
  const { info } = await file.getMetadata();
  const answer = { title: info.Title, language: info.Language, tags: [], pages: [], fields: 0, complaints: [] };
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const tree = await page.getStructTree();
    answer.tags.push(tree === null ? "" : words(tree, pieces(items)));
    answer.pages.push(items.map((item) => item.str ?? "").join(""));
    answer.fields += (await page.getAnnotations()).filter((one) => one.fieldName).length;
  }
  answer.complaints = [...complaints];
  await file.destroy();
  return answer;
}

const answers = {};
for (const path of process.argv.slice(2)) {
  answers[path] = await read(path);
}
process.stdout.write(JSON.stringify(answers));
