import { afterAll } from 'vitest'
import { undoAll } from '../after-file.ts'

// Runs before every test file, also where files share a process and their modules: then a hook that stood in a
// shared helper would be heard by the first file only.
afterAll(undoAll)
