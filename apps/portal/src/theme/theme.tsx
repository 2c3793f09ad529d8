/** Light and dark: as the system says, until the switch says otherwise. */
import type { ReactNode } from 'react'
import { createContext, use, useLayoutEffect, useMemo, useState } from 'react'
import { settings } from '../settings.ts'

/** What can be chosen. */
export const THEMES = ['system', 'light', 'dark'] as const

/** A choice of look. */
export type Theme = (typeof THEMES)[number]

interface ThemeChoice {
  readonly theme: Theme
  choose(theme: Theme): void
}

const KEY = 'doorward.theme'
const Context = createContext<ThemeChoice>({ theme: 'system', choose: () => {} })

function kept(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
  } catch {
    return 'system'
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // it holds for this visit
  }
}

/** Puts the project's colour and the chosen look on the document, before anything is shown. */
export function dress(theme: Theme = kept()): void {
  const { dataset, style } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
  // properties set by script are no inline style, which the Content-Security-Policy forbids
  const { light, onLight, dark, onDark } = settings.look.accent
  style.setProperty('--accent-light', light)
  style.setProperty('--on-accent-light', onLight)
  style.setProperty('--accent-dark', dark)
  style.setProperty('--on-accent-dark', onDark)
}

/** Provides the look. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState(kept)
  useLayoutEffect(() => dress(theme), [theme])
  const choice = useMemo<ThemeChoice>(
    () => ({
      theme,
      choose: (next) => {
        keep(next)
        setTheme(next)
      },
    }),
    [theme],
  )
  return <Context value={choice}>{children}</Context>
}

/** The look, and how to choose another. */
export const useTheme = (): ThemeChoice => use(Context)
