// Waits to be told to stop, and says who it is and what it was told: for what starts programs, which is not about any one of them.
process.on("SIGTERM", () => {
  process.stdout.write("told to stop\n");
  process.exit(0);
});
setInterval(() => {}, 60_000);
process.stdout.write(`waiting ${process.pid}\n`);
