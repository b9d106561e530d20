/**
 * The unit of text that gets an explanation of its own.
 */
export enum TextGranularity {
  /** A word. */
  TOKEN = 'token',

  /** A sentence. */
  SENTENCE = 'sentence',

  /** A paragraph. */
  PARAGRAPH = 'paragraph',
}
