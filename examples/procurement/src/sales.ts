/** The shop's sales in a SQLite file of this service. The account belongs to Doorward; here is only its id. */
import { DatabaseSync } from 'node:sqlite'

/** What a buyer enters. `price` is text with two decimals, so that no cent is lost. */
export interface NewSale {
  readonly item: string
  readonly quantity: number
  readonly price: string
  readonly note: string
}

/** A sale as the API shows it. */
export interface Sale extends NewSale {
  readonly id: number
  /** RFC 3339, UTC. */
  readonly created_at: string
}

/** The table of sales. */
export interface Sales {
  /** The sales of one person, oldest first. */
  ownedBy(owner: string): readonly Sale[]
  /** One sale of that person, or undefined. */
  find(owner: string, id: number): Sale | undefined
  add(owner: string, sale: NewSale): Sale
  close(): void
}

const COLUMNS = 'id, item, quantity, price, note, created_at'

/** Opens the file (or `:memory:`) and makes the table if it is missing. */
export function openSales(path: string): Sales {
  const db = new DatabaseSync(path)
  db.exec(`
    pragma journal_mode = wal;
    create table if not exists sales (
      id integer primary key autoincrement, owner text not null, item text not null, quantity integer not null,
      price text not null, note text not null, created_at text not null
    );
    create index if not exists sales_owner on sales (owner, id);
  `)
  const list = db.prepare(`select ${COLUMNS} from sales where owner = ? order by id`)
  const one = db.prepare(`select ${COLUMNS} from sales where owner = ? and id = ?`)
  const insert = db.prepare(
    `insert into sales (owner, item, quantity, price, note, created_at) values (?, ?, ?, ?, ?, ?) returning ${COLUMNS}`,
  )
  return {
    ownedBy: (owner) => list.all(owner) as unknown as readonly Sale[],
    find: (owner, id) => one.get(owner, id) as unknown as Sale | undefined,
    add: (owner, { item, quantity, price, note }) =>
      insert.get(owner, item, quantity, price, note, new Date().toISOString()) as unknown as Sale,
    close: () => db.close(),
  }
}
