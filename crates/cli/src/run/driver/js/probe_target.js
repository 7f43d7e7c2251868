// Asks the target as a page of another origin does. Gives whether its answer can be read and its times can be seen, or null if there
// is no answer at all.
const [url, credentials, headers, patience, done] = arguments;
const ask = (mode) => fetch(url, { mode, credentials, headers: mode === "cors" ? headers : [], cache: "no-store", signal: AbortSignal.timeout(patience) });

// Entries come in tasks of their own after the end of the body. Where none comes, nothing is known to be hidden.
const showsTimes = async () => {
  const name = new URL(url).href;
  for (let looks = 0; looks < 50; looks += 1) {
    const entry = performance.getEntriesByName(name).at(-1);
    if (entry) return entry.requestStart > 0;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
};
const read = async (response) => {
  await response.arrayBuffer();
  return { reads: true, times: await showsTimes() };
};
ask("cors")
  .then(read)
  // A browser does not say that it refused: a target that answers without being read did.
  .catch((error) => (error.name === "TimeoutError" ? null : ask("no-cors").then(() => ({ reads: false, times: false }))))
  .then(done, () => done(null));
