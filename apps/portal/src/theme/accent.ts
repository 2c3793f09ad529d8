/** Shades of the project's own colour that can be read, light and dark, whatever colour it is (WCAG 2.2, 1.4.3). */

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

/** The shade nearest to a colour that stands out from a background as much as `least` says. */
export function readableShade(hex: string, background: string, least: number): string {
  const towards: Rgb = luminance(parse(background)) > 0.18 ? [0, 0, 0] : [255, 255, 255]
  const color = parse(hex)
  for (let step = 0; step < 100; step++) {
    const share = step / 100
    const shade = write(color.map((part, i) => part + ((towards[i] ?? 0) - part) * share) as unknown as Rgb)
    if (contrast(shade, background) >= least) return shade
  }
  return write(towards)
}

/** What stands on a colour: white or nearly black, whichever is better to read. */
export const textOn = (hex: string): string =>
  contrast(hex, '#ffffff') >= contrast(hex, DARKEST) ? '#ffffff' : DARKEST

const DARKEST = '#0b0f17'
/** The backgrounds that the accent is read on; the same as in `styles/tokens.css`. */
const BACKGROUNDS = { light: '#f4f5f8', dark: '#222a37' }
const LEAST = 4.6

/** The custom properties that a colour gives. */
export function accentProperties(hex: string): Readonly<Record<string, string>> {
  const light = readableShade(hex, BACKGROUNDS.light, LEAST)
  const dark = readableShade(hex, BACKGROUNDS.dark, LEAST)
  return {
    '--accent-light': light,
    '--accent-dark': dark,
    '--on-accent-light': textOn(light),
    '--on-accent-dark': textOn(dark),
  }
}
