import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can be cut: whoever goes by it is then refused, and what was under way ends. */
export interface Cable {
  /** address of this end */
  base: string
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Lays a cable to a server of this machine, whole at first. */
export async function layCable(to: string): Promise<Cable> {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let own = 0
  async function mend() {
    server = createServer((near) => {
      const far = connect(Number(port), hostname)
      for (const each of [near, far]) {
        sockets.add(each)
        each.on('error', () => {})
        each.on('close', () => {
          sockets.delete(each)
          near.destroy()
          far.destroy()
        })
      }
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((done, failed) => server!.once('error', failed).listen(own, '127.0.0.1', done))
    own = (server.address() as { port: number }).port
  }
  async function cut() {
    const closing = new Promise<void>((done) => (server ? server.close(() => done()) : done()))
    for (const each of sockets) each.destroy()
    server = null
    await closing
  }
  await mend()
  return { base: `http://127.0.0.1:${own}`, cut, mend }
}
