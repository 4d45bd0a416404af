import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { isAlive } from '#db/embedded/processes.ts'
import { jobsProcessesOf, run, type Serving, type Surroundings, serve, until } from '#test/serve/serving.ts'

const RECOVERY = 600_000 // ms that the system gets until it answers again
const SETTLING = 3_000 // ms after that until answers are expected to be right again

/** The system under load: it is started, killed and started again, always on the same folder and port. */
export class System {
  readonly around: Surroundings & { port: number; webProcesses: number }
  readonly address: string
  /** true while something was killed and is not back yet: requests may fail then */
  isDisturbed = false
  server!: Serving
  #before = ''

  constructor(folder: string, port: number) {
    this.around = { folder, port, webProcesses: 2, more: { IKMS_LOG: 'warn' } }
    this.address = `http://127.0.0.1:${port}`
  }

  async start(): Promise<void> {
    this.#before += this.server?.said.error ?? ''
    this.server = await serve(this.around)
  }

  /**
   * Does harm, and waits until everything is there again.
   *
   * @param isFelt  whether whoever asks for a page may feel it
   * @returns       s until people were answered again, and until the jobs process was there too
   */
  async disturb(harm: () => unknown, isFelt: boolean): Promise<{ people: number; jobs: number }> {
    this.isDisturbed = isFelt
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    await harm()
    await until(() => this.#answers(), RECOVERY)
    const people = seconds()
    await new Promise((done) => setTimeout(done, SETTLING))
    this.isDisturbed = false
    await until(() => this.jobsProcesses().length === 1, RECOVERY)
    return { people, jobs: seconds() }
  }

  /** What the system said on standard error, from the first start on. */
  get stderr(): string {
    return this.#before + this.server.said.error
  }

  /** A command of `ikms` beside the running system. */
  command(...args: string[]) {
    return run(args, this.around)
  }

  jobsProcesses(): number[] {
    return jobsProcessesOf(this.server.child.pid!)
  }

  postmaster(): number {
    return Number(this.#pidFile()[0])
  }

  /** Asks the database's superuser. */
  async ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const [, , , port, host] = this.#pidFile()
    const client = new pg.Client({ host, port: Number(port), user: 'postgres', database: 'ikms' })
    client.on('error', () => {}) // the database is killed from time to time
    await client.connect()
    try {
      return (await client.query(sql, values)).rows as Row[]
    } finally {
      await client.end()
    }
  }

  #pidFile(): string[] {
    return readFileSync(join(this.around.folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')
  }

  async #answers(): Promise<boolean> {
    try {
      if (!isAlive(this.postmaster())) return false
      if (this.server.webProcesses().length < this.around.webProcesses) return false
      for (let times = 0; times < 4; times += 1) {
        const answer = await fetch(`${this.address}/health/ready`, {
          headers: { connection: 'close' },
          signal: AbortSignal.timeout(5_000),
        })
        if (answer.status !== 200) return false
      }
      return true
    } catch {
      return false
    }
  }
}
