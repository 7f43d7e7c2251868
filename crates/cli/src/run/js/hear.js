// Hears what happened in the run that start.js began.
const [patience, done] = arguments;
const command = window.fetchmarkCommand;
if (command) command.hear(patience).then(done);
else done("null");
