/** The protected page: the sales of whoever is signed in, fetched from another service with the same token. */
import { errorOf } from '@doorward/client'
import { Field, Form, useAction, useClient, useUser } from '@doorward/react'
import { useEffect, useState } from 'react'

interface Sale {
  readonly id: number
  readonly item: string
  readonly quantity: number
  readonly price: string
  readonly note: string
}

const SALES = `${import.meta.env.SALES_URL}/api/sales/`

/** Reads and adds sales. */
function useSales() {
  const client = useClient()
  const [sales, setSales] = useState<readonly Sale[] | null>(null)
  const { run: load, error } = useAction(async () => {
    const answer = await client.fetch(SALES)
    if (!answer.ok) throw await errorOf(answer)
    setSales(await answer.json())
  })
  const add = async (sale: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await client.fetch(SALES, { method: 'POST', headers, body: JSON.stringify(sale) })
    if (!answer.ok) throw await errorOf(answer)
    await load()
  }
  useEffect(() => {
    void load()
  }, [load])
  return { sales, add, error }
}

/** The list, and for buyers a form to add to it. */
export function SalesPage() {
  const { sales, add, error } = useSales()
  const isBuyer = useUser()?.role === 'buyer'
  return (
    <>
      {error && <p role="alert">{error.message}</p>}
      {sales?.length === 0 && <p>There are no sales yet.</p>}
      {sales && sales.length > 0 && <SalesTable sales={sales} />}
      {isBuyer ? <AddSale add={add} /> : <p>Only buyers can add a sale.</p>}
    </>
  )
}

const SalesTable = ({ sales }: { readonly sales: readonly Sale[] }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Item</th>
        <th scope="col">Quantity</th>
        <th scope="col">Price</th>
        <th scope="col">Note</th>
      </tr>
    </thead>
    <tbody>
      {sales.map(({ id, item, quantity, price, note }) => (
        <tr key={id}>
          <td>{item}</td>
          <td>{quantity}</td>
          <td>{price}</td>
          <td>{note}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Faults come from the sales API in the same form, so they are shown in the same way. */
function AddSale({ add }: { readonly add: (sale: object) => Promise<void> }) {
  const [added, setAdded] = useState(0)
  return (
    <section aria-labelledby="add">
      <h2 id="add">Add a sale</h2>
      <Form
        button="Add"
        done="Added."
        act={async (sale) => {
          await add(sale)
          setAdded(added + 1)
        }}
      >
        <div key={added} className="doorward-fields">
          <Field name="item" label="Item" required maxLength={100} />
          <Field name="quantity" label="Quantity" type="integer" required />
          <Field name="price" label="Price" required />
          <Field name="note" label="Note" />
        </div>
      </Form>
    </section>
  )
}
