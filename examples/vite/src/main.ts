import { FetchmarkError, run, type Report, type Scenario } from "fetchmark";

const form = document.querySelector<HTMLFormElement>("#form")!;
const url = document.querySelector<HTMLInputElement>("#url")!;
const button = document.querySelector<HTMLButtonElement>("#run")!;
const progress = document.querySelector<HTMLProgressElement>("#progress")!;
const answer = document.querySelector<HTMLElement>("#answer")!;
const save = document.querySelector<HTMLAnchorElement>("#save")!;

/** Shows a verdict for each pair, and offers the whole report. */
function show(report: Report) {
  answer.textContent = report.comparisons.map(({ verdict, reason }) => `${verdict}: ${reason}`).join(" ");
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([JSON.stringify(report)], { type: "application/json" }));
  save.hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  save.hidden = true;
  answer.textContent = "";
  try {
    const scenario: Scenario = {
      target: { url: url.value },
      clients: ["js-fetch", "ky"],
      lifecycle: ["reused"],
      n: 50,
      rounds: 10,
    };
    const report = await run(scenario, {
      onProgress: ({ rounds_done, rounds_total }) => (progress.value = rounds_done / rounds_total),
    });
    show(report);
  } catch (error) {
    // Its message is a sentence for people; its report, if there is one, holds the finished rounds.
    if (!(error instanceof FetchmarkError)) throw error;
    if (error.report) show(error.report);
    answer.prepend(`${error.message} `);
  } finally {
    button.disabled = false;
  }
});
