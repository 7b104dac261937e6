/** Fails a run in which a test was skipped, and names it: where everything is installed, nothing has a reason to be left out. */
export default class NoSkipsReporter {
  onTestRunEnd(modules) {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests("skipped")].map((test) => `${module.moduleId} > ${test.fullName}`),
    );
    if (skipped.length === 0) return;
    process.exitCode = 1;
    console.error(
      `\nSkipped tests are refused here (TRIBUTARY_TEST_NO_SKIPS):\n${skipped.map((name) => `  ${name}`).join("\n")}`,
    );
  }
}
