// `globalThis.bench.run`: a run through the engine's own API. Driven over WebDriver.

import { run } from "../engine/fetchmark.js";

globalThis.bench = {
  /**
   * Runs a scenario to its end.
   * @param {import("../engine/fetchmark.js").Scenario} scenario
   * @returns {Promise<import("../engine/fetchmark.js").Report>}
   */
  run: (scenario) => run(scenario),
};
