import { startEmbedded } from '#db/embedded.ts'

/** A process that serves from a folder until it is killed, or told on its input to stop. Says its server as JSON. */
const server = await startEmbedded({ folder: process.argv[2]! })
process.stdout.write(`${JSON.stringify(server)}\n`)
process.stdin.once('data', async () => {
  await server.stop()
  process.exit()
})
