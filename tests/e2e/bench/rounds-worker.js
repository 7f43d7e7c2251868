// Rounds in a worker.

import { rounds } from "./rounds.js";

onmessage = ({ data }) =>
  rounds(data).then(
    (walls) => postMessage({ walls }),
    (error) => postMessage({ error: String(error?.message ?? error) }),
  );
