/** Shapes of the item bank: what an item shows, what is right, and where it stands. */
export * from './content/body.ts'
export * from './content/item.ts'
export * from './content/key.ts'
export * from './framework.ts'
export * from './lifecycle.ts'
export * from './shapes.ts'
