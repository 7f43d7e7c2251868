// Answers the last order of the run that start.js began, if there is an answer, and waits for updates.
const [patience, answer, done] = arguments;
const command = window.fetchmarkCommand;
if (command) command.nextUpdates(patience, answer).then(done);
else done("null");
