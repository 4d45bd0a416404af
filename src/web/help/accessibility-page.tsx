import { accessibility } from './accessibility.ts'
import { ProsePage } from './prose-page.tsx'

export default function AccessibilityPage() {
  return <ProsePage prose={accessibility} />
}
