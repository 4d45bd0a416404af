import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { askForJob, cancelJob, type Job, jobById, listJobs, retryJob } from '#modules/jobs/index.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The commands about jobs: list, run, cancel, retry. What is asked for here is done by the jobs process of `serve`. */
export function addJobCommands(program: Command, withDatabase: WithDatabase): void {
  const jobs = program
    .command('jobs')
    .description('background jobs: what runs, waits, has ended or failed')
    .action(() =>
      withDatabase(async (db) => {
        const found = await asJob(db, listJobs)
        for (const job of found) console.log(lineOf(job))
        if (found.length === 0) console.log('There are no jobs.')
      }),
    )

  jobs
    .command('run')
    .description('queue a job; the jobs process of `ikms serve` does it')
    .argument('<kind>', 'compute or publish')
    .option('--then-publish', 'with compute: release the cubes afterwards')
    .action((kind: string, { thenPublish = false }: { thenPublish?: boolean }) =>
      withDatabase(async (db) => {
        if (kind !== 'compute' && kind !== 'publish') return refuse('The kind must be compute or publish.')
        await queue(db, kind, kind === 'compute' ? { thenPublish } : {})
      }),
    )

  const change = (name: string, what: string, work: typeof cancelJob, refusal: string) =>
    jobs
      .command(name)
      .description(what)
      .argument('<job>', 'number of the job')
      .action((id: string) =>
        withDatabase(async (db) => {
          if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return refuse('There is no such job.')
          const isDone = await asJob(db, (tx) => work(tx, id))
          const job = await asJob(db, (tx) => jobById(tx, id))
          if (!job) return refuse('There is no such job.')
          if (!isDone) return refuse(refusal)
          console.log(lineOf(job))
        }),
      )
  change('cancel', 'take a job out of the queue, or stop it', cancelJob, 'The job has ended already.')
  change(
    'retry',
    'put a failed or cancelled job back into the queue',
    retryJob,
    'The job has not failed, or another of its kind waits already.',
  )
}

/** Queues a job and says so. */
export async function queue(db: Database, kind: 'compute' | 'publish', payload: object): Promise<void> {
  const id = await asJob(db, (tx) => askForJob(tx, kind, payload))
  console.log(`Job ${id} (${kind}) is queued; \`ikms serve\` does it.`)
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}

/** `3f… compute running 42 % ACH-05 2026`, one line a job. */
function lineOf({ id, kind, state, done, step, tries, mostTries, failure, endedAt, askedAt }: Job): string {
  return [
    id,
    kind,
    state,
    state === 'running' ? `${Math.floor(done * 100)} %` : '',
    step?.indicator ?? '',
    step?.schoolYear ?? '',
    tries > 1 || failure ? `try ${tries} of ${mostTries}` : '',
    failure ? `${failure.code}${failure.fault ? ` (${failure.fault})` : ''}` : '',
    endedAt ?? askedAt,
  ]
    .filter((part) => part !== '')
    .join('  ')
}
