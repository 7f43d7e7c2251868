// Gives the version of the page once it is ready, or null if there is none after this many ms.
const [patience, done] = arguments;
const deadline = Date.now() + patience;
const check = () => {
  const version = globalThis.fetchmark?.version;
  if (version !== undefined) done(version);
  else if (Date.now() > deadline) done(null);
  else setTimeout(check, 50);
};
check();
