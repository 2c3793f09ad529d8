/** `npm start`: the whole project. Doorward's own settings come from the environment; ports can be changed as well. */
import { startProcurement } from './start.ts'

const { PORT = '8000', SALES_PORT = '8001', SHOP_PORT = '3000', ...env } = process.env
const running = await startProcurement({
  ports: { accounts: Number(PORT), sales: Number(SALES_PORT), shop: Number(SHOP_PORT) },
  folder: './data',
  env,
  print: (line) => process.stdout.write(`${line}\n`),
})
process.stdout.write(`
  The shop is open at ${running.shop}

  Accounts   ${running.accounts}/auth/
  Sales      ${running.sales}/api/sales/
  Mailbox    ${running.accounts}/mailbox   (without SMTP_URL)

`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void running.close().then(() => process.exit(0)))
}
