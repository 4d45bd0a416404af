/**
 * The Latvian personal code in a claim of a sign-in provider, as the registers write it (`DDMMYY-NNNNN`, since 2017 also
 * `32NNNN-NNNNN`), or null where the claim holds none. Codes come bare, with the prefix of certificates
 * (`PNOLV-`, ETSI EN 319 412-1, 5.1.3) or with that of eIDAS (`LV/LV/`); a code of another country is none of ours, and would
 * otherwise be taken for the code of a Latvian.
 */
export function personalCode(claim: unknown): string | null {
  if (typeof claim !== 'string') return null
  const [, front, back] = /^(?:PNOLV-|LV\/LV\/)?(\d{6})-?(\d{5})$/.exec(claim.trim()) ?? []
  return front && back ? `${front}-${back}` : null
}
