/** The style of the development mailbox, served as `/mailbox/style.css`. */

/** CSS. */
export const MAILBOX_CSS = `:root {
  color-scheme: light dark;
  --page: light-dark(#eef0f4, #11151d);
  --card: light-dark(#ffffff, #1b212c);
  --line: light-dark(#dfe3ea, #2c3443);
  --text: light-dark(#1c2230, #e8ebf1);
  --quiet: light-dark(#5b6475, #a4aec0);
  --link: light-dark(#2450c4, #9db8ff);
  --tint: light-dark(#f2f4f8, #232b39);
}
* { box-sizing: border-box }
body {
  margin: 0;
  padding: 32px 16px 64px;
  background: var(--page);
  color: var(--text);
  font: 16px/1.55 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;
}
header, main { max-width: 860px; margin: 0 auto }
header { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; justify-content: space-between }
h1 { margin: 0; font-size: 28px; letter-spacing: -0.4px; line-height: 1.2 }
header p { margin: 6px 0 0; color: var(--quiet) }
.badge {
  padding: 3px 10px;
  border: 1px solid var(--line);
  border-radius: 99px;
  background: var(--card);
  color: var(--quiet);
  font-size: 12px;
  font-weight: 600;
  letter-spacing: 0;
  vertical-align: middle;
}
a { color: var(--link) }
.reload, .action {
  display: inline-block;
  padding: 10px 18px;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--card);
  font-weight: 600;
  text-decoration: none;
}
.action { border-color: #2450c4; background: #2450c4; color: #ffffff }
.reload:hover { background: var(--tint) }
.action:hover { background: #1c409f }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.count { margin: 28px 0 12px; color: var(--quiet); font-size: 14px }
main > details {
  margin: 0 0 12px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
  overflow: hidden;
}
main > details > summary {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 2px 16px;
  padding: 16px 20px;
  cursor: pointer;
  list-style: none;
}
main > details > summary::-webkit-details-marker { display: none }
main > details > summary:hover { background: var(--tint) }
main > details > summary:focus-visible { outline-offset: -3px; border-radius: 12px }
main > details[open] > summary { border-bottom: 1px solid var(--line) }
.subject { font-weight: 600; overflow-wrap: anywhere }
.subject::before { content: '▸'; display: inline-block; width: 20px; color: var(--quiet) }
details[open] > summary .subject::before { content: '▾' }
.to { grid-row: 2; padding-left: 20px; color: var(--quiet); font-size: 14px; overflow-wrap: anywhere }
time { color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums }
.mail { padding: 16px 20px 20px }
.links { margin: 0 0 16px; padding: 12px 16px; border-radius: 8px; background: var(--tint); list-style: none }
.links a { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
iframe {
  display: block;
  width: 100%;
  height: 620px;
  border: 1px solid var(--line);
  border-radius: 8px;
  resize: vertical;
}
.text { margin-top: 16px }
.text summary { color: var(--quiet); font-size: 14px; cursor: pointer }
pre {
  margin: 8px 0 0;
  padding: 16px;
  border-radius: 8px;
  background: var(--tint);
  font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.empty {
  margin-top: 28px;
  padding: 56px 24px;
  border: 1px dashed var(--line);
  border-radius: 12px;
  background: var(--card);
  text-align: center;
}
.empty h2 { margin: 0 0 8px }
.quiet { color: var(--quiet); font-size: 14px }
@media (max-width: 560px) {
  main > details > summary { grid-template-columns: 1fr }
  .to { grid-row: auto }
  time { padding-left: 20px }
}
`
