/**
 * The one thread that writes: what waits for it, the group commits that it makes, and
 * what happens while the database cannot be written.
 */
@NullMarked
package io.pulsehook.inbox.commit;

import org.jspecify.annotations.NullMarked;
