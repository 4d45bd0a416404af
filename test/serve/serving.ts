import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterFile } from '../after-file.ts'

const project = join(import.meta.dirname, '..', '..')

/** What a command is told by its environment; the rest is as here. */
export interface Surroundings {
  /** IKMS_DATA */
  folder: string
  port?: number
  webProcesses?: number
  more?: Record<string, string>
}

function environment({ folder, port, webProcesses, more }: Surroundings): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, IKMS_KEYS: _keys, ...rest } = process.env
  return {
    NODE_COMPILE_CACHE: join(project, 'node_modules', '.cache', 'compiled'), // as scripts/lib/ground.mjs
    ...rest,
    IKMS_DATA: folder,
    ...(port !== undefined && { PORT: String(port) }),
    ...(webProcesses !== undefined && { IKMS_WEB_PROCESSES: String(webProcesses) }),
    ...more,
  }
}

/**
 * A command of `ikms` as a process of its own, with all it says. `ownGroup`: signals can be sent to it and its children; `input`: what
 * it reads.
 */
export function ikms(
  args: readonly string[],
  around: Surroundings,
  { ownGroup = false, input }: { ownGroup?: boolean; input?: string } = {},
) {
  const child = spawn(process.execPath, [join(project, 'src', 'cli.ts'), ...args], {
    cwd: project,
    env: environment(around),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: ownGroup,
  })
  child.stdin?.end(input)
  const said = { out: '', error: '' }
  child.stdout!.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr!.on('data', (chunk) => {
    said.error += chunk
  })
  const end = ended(child)
  afterFile(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM') // left by a test that failed
    await end
  })
  return { child, said, ended: end }
}

/** The exit code or signal a process ended with. */
async function ended(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'close')
  return code ?? signal
}

/** Runs a command to its end. */
export async function run(args: readonly string[], around: Surroundings, input?: string) {
  const { said, ended } = ikms(args, around, input === undefined ? {} : { input })
  return { code: await ended, ...said }
}

export type Serving = ReturnType<typeof ikms> & { address: string; webProcesses: () => number[] }

/** `ikms serve`, ready to answer; throws with what it said when it ends before. */
export async function serve(
  around: Surroundings & { port: number },
  options?: { ownGroup?: boolean },
): Promise<Serving> {
  const started = ikms(['serve'], around, options)
  await Promise.race([
    until(() => started.said.out.includes('IKMS is ready'), 180_000),
    started.ended.then((code) => {
      throw new Error(`serve ended with ${code}: ${started.said.error}`)
    }),
  ])
  return {
    ...started,
    address: `http://127.0.0.1:${around.port}`,
    webProcesses: () => webProcessesOf(started.child.pid!),
  }
}

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, bound: number): Promise<void> {
  for (const end = Date.now() + bound; !(await isSo()); await new Promise((done) => setTimeout(done, 20))) {
    if (Date.now() > end) throw new Error(`it was not so within ${bound} ms`)
  }
}

/** Processes a process has started that still live. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return [] // gone
  }
}

/** The web processes of a supervisor. */
export function webProcessesOf(supervisor: number): number[] {
  return childrenOf(supervisor).filter((pid) => runs(pid, 'server.ts'))
}

/** The jobs process of a supervisor; there is one, or none for a moment. */
export function jobsProcessesOf(supervisor: number): number[] {
  return childrenOf(supervisor).filter((pid) => runs(pid, 'jobs-process.ts'))
}

function runs(pid: number, program: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program)
  } catch {
    return false // gone
  }
}

/** Memory of a process that is its own and in use, MB; the most it ever had with `peak`. */
export function memoryOf(pid: number, peak = false): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${peak ? 'VmHWM' : 'VmRSS'}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
