/**
 * The one thread that writes, the group commits that it makes, and the contracts of what
 * the two databases do each in its own way.
 */
@NullMarked
package io.pulsehook.inbox.write;

import org.jspecify.annotations.NullMarked;
