/** What an image of the container kit begins with: the image that the kit names, which has no entry point, or another, which may have one. */
export type KitBase = 'default' | 'other';
