// Waits for updates from the run that start.js began.
const [patience, done] = arguments;
const command = window.fetchmarkCommand;
if (command) command.nextUpdates(patience).then(done);
else done("null");
