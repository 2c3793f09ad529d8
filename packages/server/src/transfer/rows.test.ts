/** Files of accounts that are cut off or odd: no row is left out without a word. */
import { describe, expect, it } from 'vitest'
import { type FileFormat, readRows } from './rows.ts'

async function rowsOf(format: FileFormat, text: string, size: number) {
  const chunks = (async function* () {
    for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size)
  })()
  const emails: unknown[] = []
  for await (const { record } of readRows(chunks, format)) emails.push(record?.email ?? null)
  return emails
}

describe.each([1, 7, 1000])('the rows of a file | read %s characters at a time', (size) => {
  it.each<[string, FileFormat, string, readonly (string | null)[]]>([
    ['a list', 'json', '[{"email":"a"},{"email":"b"}]', ['a', 'b']],
    ['a list that ends between two rows', 'json', '[{"email":"a"},{"email":"b"}', ['a', 'b', null]],
    ['a list that ends in a row', 'json', '[{"email":"a"},{"email":"b', ['a', null]],
    ['no list at all', 'json', '"email"', [null]],
    ['what stands behind a list', 'json', '{"users": [{"email":"a"}], "more": [{"email":"b"}]}', ['a']],
    ['lines', 'jsonl', '{"email":"a"}\r\n\n{"email":\n{"email":"b"}', ['a', null, 'b']],
    ['a table', 'csv', 'name,email\r\n"x, ""y""",a\n\n,b', ['a', 'b']],
    ['a table with a quote that nobody closed', 'csv', 'email,name\na,x\nb,"y\nc,z\n', ['a', null]],
    ['lines that end with CR', 'jsonl', '{"email":"a"}\r{"email":"b"}\r', ['a', 'b']],
    ['a table whose lines end with CR', 'csv', 'name,email\rx,a\r\r"y\rz",b', ['a', 'b']],
    ['a table with too few and too many cells', 'csv', 'email,name\na\nb,x,y\nc,z', [null, null, 'c']],
    [
      'a list of all kinds',
      'json',
      '["a, b", 1,{"email":"]"}, null ,[2,{}],true]',
      [null, null, ']', null, null, null],
    ],
    ['a list without a comma', 'json', '[{"email":"a"}{"email":"b"}, {"email":"c"}]', [null, 'c']],
    ['a list behind a list', 'json', '[{"email":"a"}]\n[{"email":"b"}]\n', ['a', null]],
    ['a list with nothing in it', 'json', ' [ \n ] ', []],
  ])('%s', async (_, format, text, emails) => {
    expect(await rowsOf(format, text, size)).toEqual(emails)
  })

  it('a table that names a column twice is refused: nobody knows which of them counts', async () => {
    const twice = rowsOf('csv', 'email,name,email\na,x,b', size)
    await expect(twice).rejects.toThrow('names the column email twice')
    expect(await rowsOf('csv', 'email,,\na,,', size)).toEqual(['a'])
  })
})
