/** The look of the pages that the server writes itself: one sheet, light and dark, readable on a phone. */

/** Served as `/pages.css`. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #f6f4ef;
  --card: #ffffff;
  --ink: #1d2430;
  --quiet: #5b6472;
  --line: #d9d5ca;
  --door: #1f5f5b;
  --door-ink: #ffffff;
  --wrong: #a12622;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d;
    --card: #1d232a;
    --ink: #eceff3;
    --quiet: #a5afbc;
    --line: #343d47;
    --door: #7fd0c7;
    --door-ink: #0d2220;
    --wrong: #ff9c94;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  padding: 1.5rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 2rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}
h1 { margin: 0 0 0.75rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
.quiet { color: var(--quiet); font-size: 0.9rem; }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
input {
  display: block;
  width: 100%;
  margin-top: 0.3rem;
  padding: 0.65rem 0.75rem;
  border: 1px solid var(--quiet);
  border-radius: 0.4rem;
  background: var(--card);
  color: var(--ink);
  font: inherit;
}
button {
  width: 100%;
  padding: 0.75rem;
  border: 0;
  border-radius: 0.4rem;
  background: var(--door);
  color: var(--door-ink);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--door); outline-offset: 2px; }
ul[role='alert'] { margin: 0 0 1rem; padding: 0.75rem 1rem 0.75rem 2rem; border: 1px solid var(--wrong); border-radius: 0.4rem; color: var(--wrong); }
a { color: var(--door); }
`
