import type { JsonObject } from '../base/json.ts';

/*
 * A status or group that holds more than text stays an object in CiviCRM's definition. JSON shows its parts but
 * not the text that PHP still casts it to on writing, so that text is remembered beside it, for as long as the
 * definition is the one that was read.
 */
const texts = new WeakMap<JsonObject, string>();

export function rememberCastText(object: JsonObject, text: string): JsonObject {
  texts.set(object, text);
  return object;
}

/** The text an object is written as; undefined for one that no reader made. */
export const castTextOf = (object: JsonObject): string | undefined => texts.get(object);
