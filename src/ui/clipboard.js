/**
 * Copies the text that a promise is for. A browser lets a page copy for a moment after a gesture, so it is asked at once and waits for
 * the text itself; one that cannot is asked when the text is there. Resolves when it is copied.
 */
export async function copyWhenMade(text) {
  if (globalThis.ClipboardItem === undefined || navigator.clipboard === undefined) {
    const made = await text;
    return navigator.clipboard.writeText(made);
  }
  const blob = text.then((text) => new Blob([text], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
