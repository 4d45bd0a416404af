import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** in bytes: what a run puts into its folder at most, several times over */
const ROOM = 8e9
/** in bytes: that, and two browsers and two databases at work beside it */
const MEMORY = 12e9

/**
 * A folder in memory for everything a run of the tests puts into the temporary folder, above all its databases: a copy of
 * one is 2,000 files, ten times cheaper to make there than on a disk. Passable for the account of PostgreSQL.
 *
 * @param memory     where files live in memory
 * @param available  memory that processes here may still take, in bytes
 * @param room       what must be free there, in bytes
 * @returns          undefined where there is no such place, it is small, memory is short or programs may not run there
 */
export function memoryFolder(
  memory = '/dev/shm',
  available = process.availableMemory(),
  room = ROOM,
): string | undefined {
  const folder = join(memory, `ikms-tests-${process.getuid?.()}`)
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (available < MEMORY || bavail * bsize < room) return undefined
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o711)
    accessSync(folder, constants.W_OK)
    return runsPrograms(folder) ? folder : undefined
  } catch {
    return undefined // a system without such a place, or another person's folder under our name
  }
}

/** Tries it: tests copy PostgreSQL's programs beside their data. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, `runs-${process.pid}`)
  writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 })
  try {
    return spawnSync(program).status === 0
  } finally {
    rmSync(program, { force: true })
  }
}
