/** Where the signing keys lie, as the rest of the program sees it. */

/** The document that holds the signing keys, sealed, and what tells it from the one before. */
export interface KeyDocument {
  readonly version: string
  readonly text: string
}

/** The place of the signing keys: one document, replaced as a whole. */
export interface KeyDocumentStore {
  /** The version there is now, or null; cheaper than reading it. */
  version(): Promise<string | null>
  read(): Promise<KeyDocument | null>
  /** Replaces the version that was seen (null: none); false when somebody else was faster. */
  replace(seen: string | null, text: string): Promise<boolean>
}
