// What stands around the page in a test: a lab on its origin, a clipboard, a folder for downloads, a store that may be full. And what a
// person or a script does that web-sys has no short name for.

const here = new URL("/", location.href);

// The default target is asked for once per document, by whichever test comes first: for all of them the origin is a lab's.
const network = globalThis.fetch;
globalThis.fetch = (input, init) =>
  new URL(input?.url ?? input, here).pathname === "/lab/ping"
    ? Promise.resolve(new Response("pong"))
    : network(input, init);

// The library that the page loads from beside itself is elsewhere here.
const database = new URL("vendor/idb-keyval/index.js", here).href;
const imports = { [database]: "/node_modules/idb-keyval/dist/index.js" };
document.head.append(
  Object.assign(document.createElement("script"), { type: "importmap", textContent: JSON.stringify({ imports }) }),
);

const blobs = new Map();
const makeUrl = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  const url = makeUrl.call(URL, blob);
  blobs.set(url, blob);
  return url;
};
const downloads = new Map();
HTMLAnchorElement.prototype.click = function () {
  if (this.download) downloads.set(this.download, blobs.get(this.href));
  else HTMLElement.prototype.click.call(this);
};

let copied;
let hasClipboard = true;
const clipboard = {
  async writeText(text) {
    copied = text;
  },
  async write([item]) {
    copied = await (await item.getType("text/plain")).text();
  },
};
Object.defineProperty(navigator, "clipboard", { get: () => (hasClipboard ? clipboard : undefined) });

// The page's policy forbids markup made from text; literal parts of a view are made so, unless they hold a value.
Object.defineProperty(Element.prototype, "innerHTML", {
  set(text) {
    throw new TypeError(`markup made from text: ${text}`);
  },
});

let hasRoom = true;
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...values) {
  if (!hasRoom) throw new DOMException("no room", "QuotaExceededError");
  return put.apply(this, values);
};

/** A browser in which nothing was done yet. */
export async function freshBrowser() {
  downloads.clear();
  copied = undefined;
  hasClipboard = true;
  hasRoom = true;
  const { clear, createStore } = await import(database);
  await clear(createStore("fetchmark-history", "entries"));
  await clear(createStore("fetchmark-reports", "reports"));
}

/** The text that was saved under a name, once it was. */
export async function saved(name) {
  return downloads.get(name)?.text();
}

/** What is in the clipboard. */
export function clipboardText() {
  return copied;
}

export function setClipboard(is) {
  hasClipboard = is;
}

export function setRoom(has) {
  hasRoom = has;
}

function transfer(files) {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, { type: "application/json" }));
  return data;
}

function drag(type, dataTransfer) {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  return document.querySelector("h1").dispatchEvent(event);
}

/** Holds files (name, text) over the page or drops them there; true if the page leaves them to the browser. */
export function dragFiles(type, files) {
  return drag(type, transfer(files));
}

/** The same with text. */
export function dragText(type, text) {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  return drag(type, data);
}

/** Chooses files (name, text) in a file field. */
export function chooseFiles(field, files) {
  field.files = transfer(files).files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Presses a key where the focus is said to be. */
export function pressKey(element, key) {
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** Presses a key while a syllable is being composed. */
export function pressKeyComposing(element, key) {
  element.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }));
}
