/** Modules as a page gets them: one file, for tests that run in a browser or weigh what is sent there. */
import { build } from 'vite'

/** Builds a module and all that it imports. `external`: what the page brings itself. */
export async function bundle(entry: string, external: readonly string[] = []): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    // a run of tests counts as development for Vite, but not for the page
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      lib: { entry, formats: ['es'] },
      // by itself a library keeps its blanks, which no page gets to see
      rolldownOptions: { external: [...external], output: { minify: true } },
    },
  })
  const [result] = [output].flat() as { output: { code?: string }[] }[]
  return result?.output.map(({ code = '' }) => code).join('') ?? ''
}
