// Ends with the page's version once it is up, or with null where there is none after so many ms.
const [patience, done] = arguments;
const until = Date.now() + patience;
const look = () => {
  const version = globalThis.fetchmark?.version;
  if (version !== undefined) done(version);
  else if (Date.now() > until) done(null);
  else setTimeout(look, 50);
};
look();
