/** What browsers give as `keyCode` for a key that an input method handles; Safari also right after a composition. */
const HANDLED_BY_INPUT_METHOD = 229;

/**
 * Whether a key belongs to an input method, as one that ends a conversion: it means nothing else then.
 * @param {{isComposing: boolean, keyCode: number}} event
 */
export const isComposing = (event) => event.isComposing || event.keyCode === HANDLED_BY_INPUT_METHOD;
