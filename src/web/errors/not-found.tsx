import { notFound } from '../read.ts'

/** Every address that no page answers. */
export function loader() {
  throw notFound()
}

export default function NotFound() {
  return null
}
