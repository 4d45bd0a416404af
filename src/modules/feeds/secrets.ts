import { readFileSync, statSync } from 'node:fs'
import { SourceFault } from './source-fault.ts'

/** Gives the secret of a name. */
export type Secrets = (name: string) => string

/**
 * Secrets of feeds, by name: from the environment (`IKMS_FEED_VIIS_TOKEN` for `viis-token`), else from the JSON file that
 * `IKMS_FEED_SECRETS` names (0600). They are read each time, so that a new one needs no restart; never kept, never logged.
 *
 * @throws  SourceFault `secret.missing` when it is asked for a name nobody has given
 */
export function readSecrets(environment: NodeJS.ProcessEnv): Secrets {
  return (name) => {
    const direct = environment[`IKMS_FEED_${name.toUpperCase().replaceAll('-', '_')}`]
    const found = direct || fromFile(environment.IKMS_FEED_SECRETS, name)
    if (!found) throw new SourceFault('secret.missing', { name })
    return found
  }
}

function fromFile(path: string | undefined, name: string): string | undefined {
  if (!path) return undefined
  try {
    if ((statSync(path).mode & 0o077) !== 0) return undefined // others could read it
    const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    const found = Object.hasOwn(all, name) ? all[name] : undefined
    return typeof found === 'string' ? found : undefined
  } catch {
    return undefined
  }
}
