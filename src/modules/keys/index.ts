/**
 * Keys: by which key what is sealed, how everything comes under a new key, and when an old one may go.
 *
 * reads    registry (identity), access (names of people who only sign in), disclosure (origin of record keys)
 * owns     `identity.forgotten_key`; changes the key file and the sealed values, never what they say
 * seen by  whoever keeps IKMS running, on the command line; ids and counts, never a key, never a name
 * method   docs/operations.md, "Keys"
 */

export { asTx } from './bank-store.ts'
export { forgetKey } from './forget.ts'
export { type KeyUse, keyUses, proveFirstKey } from './key-uses.ts'
export { holdsPeople, proveBankKeys, proveSamples } from './prove-bank.ts'
export { type Rotation, rotateKeys } from './rotate.ts'
