/**
 * What a handler author meets first: the handler interface, the delivery and a way to
 * read events in tests.
 */
@NullMarked
package io.pulsehook;

import org.jspecify.annotations.NullMarked;
