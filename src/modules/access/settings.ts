import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** How this system is known to the provider that signs people in (OpenID Connect). */
export interface ProviderSettings {
  issuer: URL
  clientId: string
  clientSecret: string
  /** where the provider sends people back: `https://…/sign-in/return` */
  redirect: URL
  /** the claim that carries the personal code */
  claim: string
  scope: string
}

/** The sign-in provider is configured in part or wrongly. */
export class SignInMisconfigured extends Error {
  constructor(message: string) {
    super(`${message} (docs/operations.md, "Signing in")`)
    this.name = 'SignInMisconfigured'
  }
}

/** Where people come back to; the provider must know exactly this address. */
export const returnPath = '/sign-in/return'

/**
 * Reads IKMS_OIDC_ISSUER, _CLIENT, _SECRET (a file of mode 0600) or _SECRET_COMMAND, _REDIRECT, _CLAIM and _SCOPE.
 *
 * @returns  null where no provider is configured
 * @throws   SignInMisconfigured
 */
export function providerSettings(env: NodeJS.ProcessEnv): ProviderSettings | null {
  const given = Object.keys(env).filter((name) => name.startsWith('IKMS_OIDC_') && env[name])
  if (given.length === 0) return null
  const required = (name: string) => {
    const value = env[`IKMS_OIDC_${name}`]
    if (!value) throw new SignInMisconfigured(`${given[0]} is set, IKMS_OIDC_${name} is missing`)
    return value
  }
  const redirect = safeAddress('IKMS_OIDC_REDIRECT', required('REDIRECT'))
  if (redirect.pathname !== returnPath || redirect.search || redirect.hash) {
    throw new SignInMisconfigured(`IKMS_OIDC_REDIRECT must end in ${returnPath}`)
  }
  return {
    issuer: safeAddress('IKMS_OIDC_ISSUER', required('ISSUER')),
    clientId: required('CLIENT'),
    clientSecret: secretFrom(env),
    redirect,
    claim: env.IKMS_OIDC_CLAIM || 'personal_code',
    scope: env.IKMS_OIDC_SCOPE || 'openid profile',
  }
}

/** Without TLS anybody on the way could be the provider; only this machine speaks with itself in plain. */
function safeAddress(name: string, text: string): URL {
  if (!URL.canParse(text)) throw new SignInMisconfigured(`${name} is not an address`)
  const url = new URL(text)
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    throw new SignInMisconfigured(`${name} must begin with https://`)
  }
  return url
}

export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function secretFrom({
  IKMS_OIDC_SECRET: file,
  IKMS_OIDC_SECRET_COMMAND: command,
}: NodeJS.ProcessEnv): string {
  const secret = file ? fromFile(file) : command ? fromCommand(command) : null
  if (secret) return secret
  const what = secret === null ? 'is missing' : 'is empty'
  throw new SignInMisconfigured(
    `The secret of the client ${what}: IKMS_OIDC_SECRET or IKMS_OIDC_SECRET_COMMAND`,
  )
}

function fromFile(path: string): string {
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new SignInMisconfigured(`${path} holds a secret but others may read it: chmod 600 ${path}`)
    }
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (error instanceof SignInMisconfigured) throw error
    throw new SignInMisconfigured(`${path} cannot be read`)
  }
}

function fromCommand(command: string): string {
  try {
    return execFileSync('sh', ['-c', command], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    throw new SignInMisconfigured('IKMS_OIDC_SECRET_COMMAND failed')
  }
}
