import { expect, test } from 'vitest'
import { newFolder } from '../db/clusters.ts'
import { freePort, jobsProcessesOf, serve, until } from './serving.ts'

test('what all processes write is a JSON line each; the line of a request has the number its answer has', async () => {
  const folder = newFolder()
  const server = await serve({ folder, port: await freePort(), webProcesses: 2, more: { IKMS_LOG: 'info' } })
  const before = server.said.error.length
  try {
    const answer = await fetch(`${server.address}/api/v1/institutions?limit=5`)
    const missing = await fetch(`${server.address}/api/v1/institutions/Zelma-Sargaine`)
    process.kill(jobsProcessesOf(server.child.pid!)[0]!, 'SIGKILL')
    process.kill(server.webProcesses()[0]!, 'SIGKILL')
    await until(() => server.said.error.includes('A web process ended'), 30_000)
    await until(() => server.said.error.includes('The jobs process ended'), 30_000)
    const said = server.said.error.slice(before)
    const lines = said
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const line of lines) {
      expect(line).toMatchObject({
        level: expect.any(Number),
        time: expect.any(Number),
        pid: expect.any(Number),
      })
    }
    const lineOf = (number: string | null) => lines.find(({ requestId }) => requestId === number)
    expect(lineOf(answer.headers.get('x-request-id'))).toMatchObject({
      method: 'GET',
      path: '/api/v1/institutions',
      status: 200,
    })
    expect(lineOf(missing.headers.get('x-request-id'))).toMatchObject({ status: missing.status })
    expect(said).not.toContain('Zelma')
    expect(new Set(lines.map(({ pid }) => pid)).size).toBeGreaterThan(1)
  } finally {
    server.child.kill('SIGTERM')
    await server.ended
  }
}, 90_000)
