
// Added to the script that loads the parts (xtask/src/split.rs): what a part shows is never seen without its looks.

const SHEETS = new Map();

/** Resolves when the stylesheet applies; one that did not come is asked for again. */
function sheet(href) {
  const coming = SHEETS.get(href) ?? new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(href, import.meta.url);
    link.onload = resolve;
    link.onerror = () => {
      SHEETS.delete(href);
      link.remove();
      reject(new Error(`${link.href} did not load`));
    };
    document.head.append(link);
  });
  SHEETS.set(href, coming);
  return coming;
}

/** What comes, once the stylesheet is there too. */
async function styled(href, coming) {
  const [came] = await Promise.all([coming, sheet(href)]);
  return came;
}
