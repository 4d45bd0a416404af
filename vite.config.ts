import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [reactRouter()],
  build: {
    // One style sheet, loaded once and kept: a page then costs its HTML and nothing else.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
  },
})
