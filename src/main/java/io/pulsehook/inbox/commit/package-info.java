/**
 * The one thread that writes: what waits for it, group commits, and what happens while
 * the\n * database cannot be written.
 */
@NullMarked
package io.pulsehook.inbox.commit;

import org.jspecify.annotations.NullMarked;
