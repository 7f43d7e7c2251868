// Reports kept in the browser, by idb-keyval: what the list shows apart from the reports themselves, so that listing does
// not read megabytes.

let opening;

function open() {
  opening ??= import(new URL("vendor/idb-keyval/index.js", document.baseURI).href)
    .then((db) => ({
      db,
      entries: db.createStore("fetchmark-history", "entries"),
      reports: db.createStore("fetchmark-reports", "reports"),
    }))
    .catch((error) => {
      opening = undefined;
      throw error;
    });
  return opening;
}

/** Resolves with all entries, in no order. */
export async function entries() {
  const { db, entries } = await open();
  return db.values(entries);
}

/** Keeps a report under its key, with its entry; or the entry alone. */
export async function put(entry, json) {
  const { db, entries, reports } = await open();
  // The report first: an entry always has one.
  if (json !== undefined) await db.set(entry.key, json, reports);
  await db.set(entry.key, entry, entries);
}

/** Resolves with the report's JSON, or undefined. */
export async function report(key) {
  const { db, reports } = await open();
  return db.get(key, reports);
}

/** Forgets these. */
export async function remove(keys) {
  const { db, entries, reports } = await open();
  await db.delMany(keys, entries);
  await db.delMany(keys, reports);
}
