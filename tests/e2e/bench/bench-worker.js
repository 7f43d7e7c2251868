import { blocks } from "./blocks.js";

onmessage = ({ data }) =>
  blocks(data).then(
    (walls) => postMessage({ walls }),
    (error) => postMessage({ error: String(error?.message ?? error) }),
  );
