/** A mail of the development mailbox. */

/** As `/mailbox/messages` gives it. */
export interface Mail {
  readonly id: number
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly links: readonly string[]
  /** ISO 8601. */
  readonly created_at: string
  readonly state: 'queued' | 'sent' | 'dead'
}
