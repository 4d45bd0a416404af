import { redirect } from 'react-router'
import { address } from '../../addresses.ts'

/** `/darbs` is what stands on the slip with the code. */
export function loader() {
  return redirect(address('lv', 'sitting'))
}
