/**
 * Where events are kept: the schema, the one writer of everything, and the queries.
 */
@NullMarked
package io.pulsehook.inbox;

import org.jspecify.annotations.NullMarked;
