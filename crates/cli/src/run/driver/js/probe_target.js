// Asks the target as a page of another origin does. Gives whether its answer can be read and its times can be seen, or null if there
// is no answer at all. Without a word from the server that it has no times, the entry of a request has no start.
const [url, credentials, headers, patience, done] = arguments;
const ask = (mode) => fetch(url, { mode, credentials, headers: mode === "cors" ? headers : [], cache: "no-store", signal: AbortSignal.timeout(patience) });
const read = async (response) => {
  await response.arrayBuffer();
  return { reads: true, times: performance.getEntriesByName(response.url).some((entry) => entry.requestStart > 0) };
};
ask("cors")
  .then(read)
  .catch(() => ask("no-cors").then(() => ({ reads: false, times: false })))
  .then(done, () => done(null));
