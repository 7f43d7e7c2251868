// A picture as pixels: the few lines that only a canvas can do.

/** Twice as many pixels as CSS px: sharp on the screens people have. */
const SCALE = 2;

/** Draws an SVG document and resolves with a PNG blob; rejects where the browser draws none. */
export async function png(svg) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser made no image");
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
