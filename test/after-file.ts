const works: (() => unknown)[] = []

/**
 * Undoes something once the test file is through, what was made last first. Unlike `afterAll` of vitest it may be called
 * anywhere: while the file is loaded, in a hook, in a test, in a helper that several files share in one process.
 */
export function afterFile(work: () => unknown): void {
  works.push(work)
}

/** Does what was put off; every piece gets its turn, then the first that failed is thrown. */
export async function undoAll(): Promise<void> {
  const failed: unknown[] = []
  for (let work = works.pop(); work; work = works.pop()) {
    try {
      await work()
    } catch (error) {
      failed.push(error)
    }
  }
  if (failed.length > 0) throw failed[0]
}
