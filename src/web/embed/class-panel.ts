export { default, loader } from '../classes/class-page.tsx'
