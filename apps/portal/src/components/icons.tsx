/** The few pictures of the pages, drawn in the colour of the text around them. They say nothing to a screen reader. */

const SHAPES = {
  alert: 'M12 8v5m0 3.5v.1M12 3.2 2.6 19.5a1 1 0 0 0 .9 1.5h17a1 1 0 0 0 .9-1.5z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  data: 'M12 4v10m0 0 4-4m-4 4-4-4M4.5 19.5h15',
  device: 'M4 5.5h16v10H4zM2.5 19h19M9.5 15.5V19m5-3.5V19',
  door: 'M7 21V6a3 3 0 0 1 3-3h4a3 3 0 0 1 3 3v15M4 21h16M14 12.2v.1',
  globe:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3',
  info: 'M12 11v6m0-9.600v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  key: 'M14.5 3.500a6 6 0 0 0-5.7 7.900L3 17.200V21h3.800v-2.500h2.500V16h2.300l1-1a6 6 0 1 0 1.9-11.500M16.5 7.500v.1',
  lock: 'M6 10.500h12V21H6zM8.5 10.500V7.500a3.5 3.5 0 0 1 7 0v3',
  mail: 'M3 5.500h18v13H3zM3.5 6.500l8.5 6.5 8.5-6.5',
  moon: 'M20 14.500A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5',
  offline:
    'M4 4l16 16M8.5 15.500a5 5 0 0 1 5.8-.9M5.3 12.300a9.6 9.6 0 0 1 4-2.300m4.7.100a9.6 9.6 0 0 1 4.7 2.200M2 8.900a14.3 14.3 0 0 1 4.2-2.700m4.8-1a14.5 14.5 0 0 1 11 3.700M12 19.500v.1',
  out: 'M14 4H6v16h8M10 12h10.500m0 0-4-4m4 4-4 4',
  person: 'M12 12a4.2 4.2 0 1 0 0-8.400A4.2 4.2 0 0 0 12 12M4 20.500a8 8 0 0 1 16 0',
  shield: 'M12 3 4.5 6v5.500c0 4.7 3 8 7.5 9.5 4.5-1.5 7.5-4.8 7.5-9.500V6z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2m0 15v2m-9.5-9.500h2m15 0h2M5.3 5.300l1.4 1.400m10.6 10.6 1.4 1.400m0-13.4-1.4 1.400M6.7 17.300l-1.4 1.4',
  system: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
} as const

/** Their names. */
export type IconName = keyof typeof SHAPES

/** A picture. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path
      d={SHAPES[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

/** The mark beside the name of the site, where the project has no logo of its own. */
export const Mark = () => (
  <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" fill="var(--accent)" />
    <path
      d="M10 25V10a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3v15M7 25h18"
      fill="none"
      stroke="var(--on-accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
    <circle cx="18.4" cy="16.6" r="1.6" fill="var(--on-accent)" />
  </svg>
)
