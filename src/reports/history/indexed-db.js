// Reports kept in the browser, by idb-keyval: what the list shows apart from the reports themselves, so that listing does
// not read megabytes.

let stores;

function open(db) {
  stores ??= {
    entries: db.createStore("fetchmark-history", "entries"),
    reports: db.createStore("fetchmark-reports", "reports"),
  };
  return stores;
}

/** Resolves with all entries, in no order. */
export function entries(db) {
  return db.values(open(db).entries);
}

/** Keeps a report under its key, with its entry; or the entry alone. */
export async function put(db, entry, json) {
  const { entries, reports } = open(db);
  // The report first: an entry always has one.
  if (json !== undefined) await db.set(entry.key, json, reports);
  await db.set(entry.key, entry, entries);
}

/** Resolves with the report's JSON, or undefined. */
export function report(db, key) {
  return db.get(key, open(db).reports);
}

/** Forgets these. */
export async function remove(db, keys) {
  const { entries, reports } = open(db);
  await db.delMany(keys, entries);
  await db.delMany(keys, reports);
}
