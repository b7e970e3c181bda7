package io.pulsehook.event.filter;

/**
 * Describes some values of a key.
 */
interface ValuePattern {

	boolean matches(CharSequence value);

}
