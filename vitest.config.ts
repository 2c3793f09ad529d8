import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps,examples,bench,conformance,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/global-setup.ts', 'test/log-trail.ts', 'test/proofs.ts'],
    setupFiles: ['test/watch-secrets.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
