/** Shades of a project's own colour that can be read, light and dark, whatever colour it is (WCAG 2.2, 1.4.3). */

type Rgb = readonly [number, number, number]

const parse = (hex: string): Rgb => {
  const number = Number.parseInt(hex.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

const write = (color: Rgb): string =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const linear = (part: number): number => {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

/** How well one colour stands out from another, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The nearest shade that stands out from a background. */
function readableShade(hex: string, background: string): string {
  const towards: Rgb = luminance(parse(background)) > 0.18 ? [0, 0, 0] : [255, 255, 255]
  const color = parse(hex)
  for (let step = 0; step < 100; step++) {
    const share = step / 100
    const shade = write(color.map((part, i) => part + ((towards[i] ?? 0) - part) * share) as unknown as Rgb)
    if (contrast(shade, background) >= LEAST) return shade
  }
  return write(towards)
}

const DARKEST = '#0b0f17'
/** The darkest light and the lightest dark background that it is read on, in pages and mails. */
const BACKGROUNDS = { light: '#f4f5f8', dark: '#222a37' }
const LEAST = 4.6

/** White or nearly black, whichever is better to read on a colour. */
const textOn = (hex: string): string =>
  contrast(hex, '#ffffff') >= contrast(hex, DARKEST) ? '#ffffff' : DARKEST

/** A colour for light and for dark backgrounds, and what is written on it. All as `#rrggbb`. */
export interface Accent {
  readonly light: string
  readonly onLight: string
  readonly dark: string
  readonly onDark: string
}

/** The shades of a colour, given as `#rrggbb`. */
export function accentOf(hex: string): Accent {
  const light = readableShade(hex, BACKGROUNDS.light)
  const dark = readableShade(hex, BACKGROUNDS.dark)
  return { light, onLight: textOn(light), dark, onDark: textOn(dark) }
}
