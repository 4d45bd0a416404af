import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NoPdf, pdfOf } from '#modules/rights/index.ts'
import { chromiumPath } from '../pages/chromium.ts'
import { childrenOf, until } from '../serve/serving.ts'

const started = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // gone
  }
}

/** Browsers this process has started for its documents. */
const browsers = () =>
  childrenOf(process.pid).filter((pid) => started(pid).includes('--remote-debugging-pipe'))

const page = (words: string) => `<!doctype html><html lang="lv"><title>${words}</title><body><p>${words}</p>`

test.skipIf(chromiumPath === null)('documents one after the other come from one browser', async () => {
  const first = await pdfOf(chromiumPath!, page('pirmais'))
  const [browser] = browsers()
  const [second, third] = await Promise.all([
    pdfOf(chromiumPath!, page('otrais')),
    pdfOf(chromiumPath!, page('trešais')),
  ])
  for (const pdf of [first, second, third]) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(browsers()).toEqual([browser])
})

test.skipIf(chromiumPath === null)(
  'a browser that was killed is replaced, and leaves nothing behind',
  async () => {
    const [browser] = browsers()
    const prefix = '--user-data-dir='
    const profile = started(browser!)
      .find((each) => each.startsWith(prefix))!
      .slice(prefix.length)
    expect(existsSync(profile)).toBe(true)
    process.kill(browser!, 'SIGKILL')
    await until(() => browsers().length === 0, 10_000)
    const pdf = await pdfOf(chromiumPath!, page('pēc tam'))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(browsers()).toHaveLength(1)
    expect(browsers()).not.toEqual([browser])
    await until(() => !existsSync(profile), 10_000)
  },
)

test('a program that is no browser makes no document', async () => {
  await expect(pdfOf('/bin/true', page('neviens'))).rejects.toThrow(NoPdf)
})
