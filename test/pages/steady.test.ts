import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { afterFile } from '../after-file.ts'
import { openBrowser, pageTest } from './browser.ts'

// A page whose end comes later than its beginning, as over a network that is busy.
const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'text/html')
  if (request.url === '/') {
    response.end('<form action="/two"><button>On</button></form>')
    return
  }
  response.write(`<h1>Two</h1><ul><li>first</li>${' '.repeat(5_000)}`)
  await setTimeout(300)
  response.end('<li>last</li></ul>')
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
afterFile(() => {
  server.closeAllConnections()
  server.close()
})
const visit = openBrowser(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}`)

for (const way of ['click', 'Enter'] as const)
  pageTest(`what is counted after a press (${way}) is counted in the whole page`, async () => {
    await visit('/', {}, async (page) => {
      const button = page.getByRole('button', { name: 'On' })
      await (way === 'click' ? button.click() : button.press('Enter'))
      expect(await page.locator('li').count()).toBe(2)
    })
  })
