import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with the plain line `N passed, N failed, N skipped` and, where reference data are set
 * (`IKMS_REFERENCE`), with the number of agreement cases run and expected. An agreement test carries the word
 * "agrees" in its name; one of them skipped while the reference data are there fails the run.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let passed = 0
    let failed = errors.length
    let skipped = 0
    let agreementRun = 0
    let agreementExpected = 0
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) failed += 1
      for (const test of module.children.allTests()) {
        const state = test.result().state
        const agreement = /\bagrees?\b/.test(test.fullName)
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped += 1
        if (agreement) {
          agreementExpected += 1
          if (state === 'passed' || state === 'failed') agreementRun += 1
        }
      }
    }
    if (process.env.IKMS_REFERENCE) {
      console.log(`agreement cases run / expected: ${agreementRun} / ${agreementExpected}`)
      if (agreementRun < agreementExpected) {
        console.error('IKMS_REFERENCE is set, so no agreement test may be skipped')
        failed += agreementExpected - agreementRun
        skipped -= agreementExpected - agreementRun
        process.exitCode = 1
      }
    }
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  }
}
